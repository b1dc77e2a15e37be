// Reads a served log with Go's own transparency-log library (golang.org/x/mod/sumdb: note and tlog),
// which nobody on this project wrote, and believes nothing but the verifier key.
//
// Usage: tlog_reader URL VKEY [CHECKPOINT-FILE]
// URL is the log's prefix; CHECKPOINT-FILE, if given, is an earlier checkpoint that must be a
// beginning of what is served now, and is replaced by it.
// Exit: 0 everything holds, 1 something does not, 2 wrong use.
//
// What x/mod expects and c2sp.org/tlog-tiles serves differ in three places, all here: the height is
// not part of a tile's path, entries are length-prefixed bundles, and the checkpoint's origin is any.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type log struct {
	prefix   string
	verifier note.Verifier
}

func (l *log) get(path string) ([]byte, *http.Response, error) {
	answer, err := http.Get(l.prefix + "/" + path)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 64<<20))
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, answer.Status)
	}
	return body, answer, err
}

// Of a note that the log signed: its text's three lines.
func (l *log) open(signed []byte) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(l.verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != l.verifier.Name() || lines[3] != "" {
		return tlog.Tree{}, fmt.Errorf("checkpoint: not three lines of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("checkpoint: size")
	}
	root, err := hash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func hash(text string) (tlog.Hash, error) {
	var made tlog.Hash
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(decoded) != len(made) || base64.StdEncoding.EncodeToString(decoded) != text {
		return made, fmt.Errorf("%q is no hash", text)
	}
	copy(made[:], decoded)
	return made, nil
}

// tlog.TileReader
func (l *log) Height() int                     { return height }
func (l *log) SaveTiles([]tlog.Tile, [][]byte) {}
func (l *log) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := "tile/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height))
		body, answer, err := l.get(path)
		if err != nil {
			return nil, err
		}
		if len(body) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s: %d bytes", path, len(body))
		}
		if caching := answer.Header.Get("Cache-Control"); strings.Contains(caching, "no-store") {
			return nil, fmt.Errorf("%s never changes, and is not to be kept: %s", path, caching)
		}
		all = append(all, body)
	}
	return all, nil
}

func (l *log) entries(tree tlog.Tree) ([][]byte, error) {
	var all [][]byte
	for from := int64(0); from < tree.N; from += 1 << height {
		width := tree.N - from
		if width > 1<<height {
			width = 1 << height
		}
		tile := tlog.Tile{H: height, L: 0, N: from >> height, W: int(width)}
		path := "tile/entries/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/0/", height))
		bundle, _, err := l.get(path)
		if err != nil {
			return nil, err
		}
		for len(bundle) > 0 {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("%s: cut short", path)
			}
			length := 2 + int(binary.BigEndian.Uint16(bundle))
			all = append(all, bundle[2:length])
			bundle = bundle[length:]
		}
		if int64(len(all)) != from+width {
			return nil, fmt.Errorf("%s: not %d entries", path, width)
		}
	}
	return all, nil
}

// The hashes between a first part of `text` and the signed note that ends it.
func split(text []byte, first int) ([]string, []tlog.Hash, []byte, error) {
	at := bytes.Index(text, []byte("\n\n"))
	if at < 0 {
		return nil, nil, nil, fmt.Errorf("proof: no empty line")
	}
	lines := strings.Split(string(text[:at]), "\n")
	if len(lines) < first {
		return nil, nil, nil, fmt.Errorf("proof: too few lines")
	}
	var hashes []tlog.Hash
	for _, line := range lines[first:] {
		made, err := hash(line)
		if err != nil {
			return nil, nil, nil, err
		}
		hashes = append(hashes, made)
	}
	return lines[:first], hashes, text[at+2:], nil
}

// What the log itself serves as the proof of one entry.
func (l *log) checkServedProof(entry []byte, index int64) error {
	leaf := tlog.RecordHash(entry)
	text, _, err := l.get("proof/" + hex.EncodeToString(leaf[:]))
	if err != nil {
		return err
	}
	head, path, signed, err := split(text, 2)
	if err != nil {
		return err
	}
	if head[0] != "c2sp.org/tlog-proof@v1" || head[1] != fmt.Sprintf("index %d", index) {
		return fmt.Errorf("proof of entry %d: %q", index, head)
	}
	tree, err := l.open(signed)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(tlog.RecordProof(path), tree.N, tree.Hash, index, leaf)
}

// What the log itself serves as the proof that `old` is its beginning.
func (l *log) checkServedConsistency(old tlog.Tree) error {
	text, _, err := l.get(fmt.Sprintf("consistency/%d", old.N))
	if err != nil {
		return err
	}
	head, proof, signed, err := split(text, 1)
	if err != nil {
		return err
	}
	if head[0] != fmt.Sprintf("old %d", old.N) {
		return fmt.Errorf("consistency from %d: %q", old.N, head)
	}
	tree, err := l.open(signed)
	if err != nil {
		return err
	}
	return tlog.CheckTree(tlog.TreeProof(proof), tree.N, tree.Hash, old.N, old.Hash)
}

// Some of [0, n): all of a small log, the ends and a spread of a large one.
func some(n int64) []int64 {
	var chosen []int64
	for at := int64(0); at < n; at += 1 + n/40 {
		chosen = append(chosen, at)
	}
	if n > 0 && chosen[len(chosen)-1] != n-1 {
		chosen = append(chosen, n-1)
	}
	return chosen
}

func (l *log) check(earlier []byte, proofs bool) ([]byte, error) {
	signed, _, err := l.get("checkpoint")
	if err != nil {
		return nil, err
	}
	tree, err := l.open(signed)
	if err != nil {
		return nil, err
	}
	if tree.N == 0 {
		empty := sha256.Sum256(nil)
		if tree.Hash != tlog.Hash(empty) {
			return nil, fmt.Errorf("root of an empty log")
		}
		return signed, nil
	}
	reader := tlog.TileHashReader(tree, l)
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return nil, err
	}
	if root != tree.Hash {
		return nil, fmt.Errorf("the tiles do not have the checkpoint's root")
	}
	entries, err := l.entries(tree)
	if err != nil {
		return nil, err
	}
	for _, index := range some(tree.N) {
		leaf := tlog.RecordHash(entries[index])
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil {
			return nil, err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf); err != nil {
			return nil, fmt.Errorf("entry %d: %v", index, err)
		}
		if proofs {
			if err := l.checkServedProof(entries[index], index); err != nil {
				return nil, fmt.Errorf("served proof of entry %d: %v", index, err)
			}
			old, err := tlog.TreeHash(index+1, reader)
			if err != nil {
				return nil, err
			}
			if err := l.checkServedConsistency(tlog.Tree{N: index + 1, Hash: old}); err != nil {
				return nil, fmt.Errorf("served consistency from %d: %v", index+1, err)
			}
		}
	}
	for index, entry := range entries {
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(index))})
		if err != nil {
			return nil, err
		}
		if hashes[0] != tlog.RecordHash(entry) {
			return nil, fmt.Errorf("entry %d is not what its tile says", index)
		}
	}
	return signed, l.checkContinues(earlier, tree, reader)
}

func (l *log) checkContinues(earlier []byte, tree tlog.Tree, reader tlog.HashReader) error {
	if len(earlier) == 0 {
		return nil
	}
	old, err := l.open(earlier)
	if err != nil {
		return err
	}
	if old.N > tree.N {
		return fmt.Errorf("the log has shrunk from %d to %d", old.N, tree.N)
	}
	if old.N == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash)
}

func main() {
	words := os.Args[1:]
	proofs := true
	if len(words) > 0 && words[0] == "--tiles-only" { // an export serves no proofs
		proofs = false
		words = words[1:]
	}
	if len(words) < 2 || len(words) > 3 {
		fmt.Fprintln(os.Stderr, "usage: tlog_reader [--tiles-only] URL VKEY [CHECKPOINT-FILE]")
		os.Exit(2)
	}
	verifier, err := note.NewVerifier(words[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	var earlier []byte
	if len(words) == 3 {
		earlier, _ = os.ReadFile(words[2])
	}
	l := &log{strings.TrimSuffix(words[0], "/"), verifier}
	signed, err := l.check(earlier, proofs)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if len(words) == 3 {
		if err := os.WriteFile(words[2], signed, 0o600); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	fmt.Print(string(signed))
}
