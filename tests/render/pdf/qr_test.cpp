// The QR code as offices treat it: scanned askew, out of focus, pale, copied, folded.  Read by zbar
// from poppler's raster at 150 and 300 dots an inch.
#include <gtest/gtest.h>

#include <turbojpeg.h>
#include <cmath>
#include <functional>
#include <memory>
#include <random>

#include "ledger/core/file.h"
#include "ledger/format/link.h"
#include "render/pdf/qr.h"
#include "support/command.h"
#include "support/letters.h"

namespace refledger::pdf {
namespace {

struct Grey {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;

  double at(int x, int y) const {
    if (x < 0 || y < 0 || x >= width || y >= height) return 255;
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
  /// Between pixels, by the four around.
  double between(double x, double y) const {
    const int left = static_cast<int>(std::floor(x));
    const int top = static_cast<int>(std::floor(y));
    const double across = x - left;
    const double down = y - top;
    return (at(left, top) * (1 - across) + at(left + 1, top) * across) * (1 - down) +
           (at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across) * down;
  }
};

/// Where dark modules are, in pixels.
struct Square {
  double left = 0;
  double top = 0;
  double side = 0;
};

/// A picture whose pixel (x, y) is `value(x, y)`.
Grey drawn(int width, int height, const std::function<double(int, int)>& value) {
  Grey made{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      made.pixels.push_back(static_cast<std::uint8_t>(std::clamp(value(x, y), 0.0, 255.0)));
    }
  }
  return made;
}

Grey blurred(const Grey& from, double sigma) {
  const int reach = static_cast<int>(std::ceil(3 * sigma));
  std::vector<double> weights;
  double sum = 0;
  for (int at = -reach; at <= reach; ++at) {
    weights.push_back(std::exp(-at * at / (2 * sigma * sigma)));
    sum += weights.back();
  }
  const auto along = [&](const Grey& grey, int dx, int dy) {
    return drawn(grey.width, grey.height, [&, dx, dy](int x, int y) {
      double value = 0;
      for (int at = -reach; at <= reach; ++at) {
        value += grey.at(x + at * dx, y + at * dy) * weights[static_cast<std::size_t>(at + reach)];
      }
      return value / sum;
    });
  };
  return along(along(from, 1, 0), 0, 1);
}

Grey turned(const Grey& from, double degrees) {
  const double angle = degrees * 3.14159265 / 180;
  const double middle_x = from.width / 2.0;
  const double middle_y = from.height / 2.0;
  return drawn(from.width, from.height, [&](int x, int y) {
    const double dx = x - middle_x;
    const double dy = y - middle_y;
    return from.between(middle_x + dx * std::cos(angle) + dy * std::sin(angle),
                        middle_y - dx * std::sin(angle) + dy * std::cos(angle));
  });
}

// As a phone held askew sees it: narrower towards the top.
Grey leaning(const Grey& from, double taper = 0.18) {
  return drawn(from.width, from.height, [&](int x, int y) {
    const double narrow = 1 + taper * (1 - y / static_cast<double>(from.height));
    return from.between(from.width / 2.0 + (x - from.width / 2.0) * narrow, y);
  });
}

Grey pale(const Grey& from) {
  return drawn(from.width, from.height,
               [&](int x, int y) { return 150 + from.at(x, y) * 60 / 255; });
}

Grey noisy(const Grey& from) {
  std::mt19937 random(7);
  return drawn(from.width, from.height, [&](int x, int y) {
    return from.at(x, y) + static_cast<double>(random() % 81) - 40;
  });
}

Grey scaled(const Grey& from, double scale) {
  return drawn(
      static_cast<int>(from.width * scale), static_cast<int>(from.height * scale),
      [&](int x, int y) { return from.between((x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5); });
}

// Paper folded through the code: a line of three pixels without ink.
Grey folded(const Grey& from) {
  return drawn(from.width, from.height, [&](int x, int y) {
    return std::abs(y - from.height / 2 + x / 8) < 2 ? 240 : from.at(x, y);
  });
}

// As a scanner or a phone stores it.
Grey compressed(const Grey& from, int quality) {
  const auto free = [](void* handle) { tjDestroy(handle); };
  const std::unique_ptr<void, decltype(free)> encoder(tjInitCompress(), free);
  const std::unique_ptr<void, decltype(free)> decoder(tjInitDecompress(), free);
  unsigned char* file = nullptr;
  unsigned long length = 0;
  EXPECT_EQ(tjCompress2(encoder.get(), from.pixels.data(), from.width, 0, from.height, TJPF_GRAY,
                        &file, &length, TJSAMP_GRAY, quality, 0),
            0);
  Grey made = from;
  EXPECT_EQ(tjDecompress2(decoder.get(), file, length, made.pixels.data(), made.width, 0,
                          made.height, TJPF_GRAY, 0),
            0);
  tjFree(file);
  return made;
}

// A sticker or a stamp that covers `share` of the code's area, centred at (across, down) of it.
Grey covered(const Grey& from, const Square& code, double share, double across, double down) {
  const double half = std::sqrt(share) * code.side / 2;
  return drawn(from.width, from.height, [&](int x, int y) {
    const bool inside = std::abs(x - (code.left + across * code.side)) < half &&
                        std::abs(y - (code.top + down * code.side)) < half;
    return inside ? 90 : from.at(x, y);
  });
}

class QrCode : public testing::TestWithParam<int> {
 protected:
  // The page's lower left part, where the code is.
  Grey scanned() {
    const Prepared made = *render(document_, test::fonts());
    EXPECT_TRUE(write_file(path("letter.pdf"), made.file));
    const int dots = GetParam();
    const auto millimetres = [dots](int length) {
      return std::to_string(static_cast<int>(length * dots / 25.4));
    };
    test::run("pdftoppm -r " + std::to_string(dots) + " -gray -singlefile -x " + millimetres(12) +
              " -y " + millimetres(215) + " -W " + millimetres(60) + " -H " + millimetres(65) +
              " " + path("letter.pdf") + " " + path("scan"));
    const Bytes file = *read_file(path("scan.pgm"), 16 << 20);
    std::istringstream header{std::string(text_of(file).substr(0, 40))};
    std::string magic;
    int most = 0;
    Grey grey;
    header >> magic >> grey.width >> grey.height >> most;
    const auto size = static_cast<std::ptrdiff_t>(grey.width) * grey.height;
    grey.pixels.assign(file.end() - size, file.end());
    return grey;
  }

  // From the first finder on, whose upper edge is the first dark line that long.
  Square square(const Grey& grey) const {
    const double module = 0.6 * GetParam() / 25.4;
    for (int y = 0; y < grey.height; ++y) {
      int run = 0;
      for (int x = 0; x < grey.width; ++x) {
        run = grey.at(x, y) < 128 ? run + 1 : 0;
        if (run < 6.5 * module) continue;
        return {x - run + 1.0, static_cast<double>(y),
                module * qr_modules(document_.qr->qr_text)->side};
      }
    }
    ADD_FAILURE() << "no code on the page";
    return {};
  }

  bool reads(const Grey& grey) {
    const std::string header =
        "P5 " + std::to_string(grey.width) + " " + std::to_string(grey.height) + " 255\n";
    Bytes file = copy_of(bytes_of(header));
    file.insert(file.end(), grey.pixels.begin(), grey.pixels.end());
    EXPECT_TRUE(write_file(path("seen.pgm"), file));
    return test::run("zbarimg -q --raw " + path("seen.pgm")).output == document_.qr->qr_text + "\n";
  }

  std::string path(const char* name) const { return (folder_.path() / name).string(); }

  Document document_ = test::document_of(test::confirmation());
  test::TemporaryFolder folder_;
};

TEST_P(QrCode, IsReadThroughWhatOfficesDoToPaper) {
  const Grey clean = scanned();
  const double to_100 = 100.0 / GetParam();
  const std::vector<std::pair<const char*, Grey>> seen{
      {"clean", clean},
      {"soft", blurred(clean, 1)},
      {"softer", blurred(clean, 1.5)},
      {"turned by 3 degrees", turned(clean, 3)},
      {"turned by 12 degrees", turned(clean, 12)},
      {"turned by 90 degrees", turned(clean, 90)},
      {"soft and turned", turned(blurred(clean, 1), 5)},
      {"leaning", leaning(clean)},
      {"leaning and soft", blurred(leaning(clean), 1)},
      {"pale", pale(clean)},
      {"noisy", noisy(clean)},
      {"pale and soft", pale(blurred(clean, 1))},
      {"at 100 dots an inch", scaled(clean, to_100)},
      {"folded", folded(clean)},
      {"as a JPEG of little quality", compressed(clean, 20)},
      {"soft, turned and as a JPEG", compressed(turned(blurred(clean, 1), 5), 30)},
      {"at 100 dots an inch and as a JPEG", compressed(scaled(clean, to_100), 40)},
      {"leaning, soft and as a JPEG", compressed(blurred(leaning(clean, 0.1), 1), 40)},
  };
  for (const auto& [what, grey] : seen) EXPECT_TRUE(reads(grey)) << what;
}

// Level Q mends what a stamp of a twenty-fifth of the code covers, wherever its data lie.
TEST_P(QrCode, IsReadWithAStampOnIt) {
  const Grey clean = scanned();
  const Square code = square(clean);
  for (const auto& [across, down] :
       {std::pair{0.5, 0.5}, std::pair{0.5, 0.25}, std::pair{0.25, 0.5}, std::pair{0.75, 0.5},
        std::pair{0.5, 0.75}, std::pair{0.65, 0.35}, std::pair{0.35, 0.65}, std::pair{0.6, 0.6}}) {
    EXPECT_TRUE(reads(covered(clean, code, 0.04, across, down))) << across << " " << down;
  }
}

// Another code each time, and so another mask.
TEST_P(QrCode, IsReadWhateverItsNumbers) {
  test::FixedRandom random(11);
  for (int drawn = 0; drawn < 8; ++drawn) {
    document_.qr->qr_text = format::format_qr_text(
        {"https://refs.nordlicht.example", random.draw<ReferenceId>(), random.draw<LinkSecret>()});
    EXPECT_TRUE(reads(blurred(scanned(), 1))) << drawn;
  }
}

TEST_P(QrCode, IsNotReadWhereItIsGone) {
  const Grey clean = scanned();
  EXPECT_FALSE(reads(drawn(clean.width, clean.height, [](int, int) { return 255; })));
  EXPECT_FALSE(reads(blurred(clean, GetParam() / 20.0)));
}

INSTANTIATE_TEST_SUITE_P(Scans, QrCode, testing::Values(150, 300));

}  // namespace
}  // namespace refledger::pdf
