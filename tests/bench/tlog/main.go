// Inclusion proofs by golang.org/x/mod/sumdb/tlog from hashes in memory: the peer of the ledger's
// own from disk (docs/performance.md).  Prints one line of JSON.
package main

import (
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	size, _ := strconv.ParseInt(os.Args[1], 10, 64)
	count, _ := strconv.Atoi(os.Args[2])
	hashes := make([]tlog.Hash, 0, 2*size)
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			found[i] = hashes[index]
		}
		return found, nil
	})
	for n := int64(0); n < size; n++ {
		made, err := tlog.StoredHashes(n, []byte(strconv.FormatInt(n, 10)), reader)
		if err != nil {
			panic(err)
		}
		hashes = append(hashes, made...)
	}
	draw := rand.New(rand.NewSource(7))
	start := time.Now()
	for i := 0; i < count; i++ {
		if _, err := tlog.ProveRecord(size, draw.Int63n(size), reader); err != nil {
			panic(err)
		}
	}
	fmt.Printf("{\"rate\":%f,\"size\":%d}\n", float64(count)/time.Since(start).Seconds(), size)
}
