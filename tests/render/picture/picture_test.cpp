// Pictures from outside: the four formats come out as pixels, everything else is refused.
#include "render/picture/picture.h"

#include <cstdlib>

#include "support/support.h"

namespace refledger::picture {
namespace {

constexpr unsigned width = 600;
constexpr unsigned height = 120;

Result<Picture> read(std::string_view file) { return read_picture(bytes_of(file), width, height); }

bool refused(std::string_view file) {
  const Result<Picture> picture = read(file);
  return !picture && picture.error().fault == Fault::malformed;
}

std::array<int, 3> pixel(const Picture& picture, unsigned x, unsigned y) {
  const std::size_t at = (static_cast<std::size_t>(y) * picture.width + x) * 3;
  return {picture.rgb[at], picture.rgb[at + 1], picture.rgb[at + 2]};
}

std::string svg(const std::string& inside, const std::string& attributes = "") {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 12\"" + attributes + ">" +
         inside + "</svg>";
}

TEST(Picture, ReadsEachOfTheFourFormats) {
  for (const char* name :
       {"letter/logo.png", "letter/logo.jpg", "letter/logo.gif", "letter/logo.svg"}) {
    const Result<Picture> picture = read(test::vector_file(name));
    ASSERT_TRUE(picture.has_value()) << name;
    EXPECT_LE(picture->width, width);
    EXPECT_LE(picture->height, height);
    EXPECT_EQ(picture->rgb.size(), std::size_t{3} * picture->width * picture->height);
    EXPECT_NE(std::count(picture->rgb.begin(), picture->rgb.end(), 255),
              static_cast<std::ptrdiff_t>(picture->rgb.size()))
        << name << " is not white all over";
  }
}

// The two files show the same; one has its rows in four passes, and transparent ground.
TEST(Picture, ReadsAGifAsItsPngHoweverItsRowsAreOrdered) {
  const auto whole = [](const char* name) {
    return *read_picture(bytes_of(test::vector_file(name)), 2000, 2000);
  };
  const Picture png = whole("letter/logo.png");
  for (const char* name : {"letter/logo.gif", "letter/logo-interlaced.gif"}) {
    const Picture gif = whole(name);
    ASSERT_EQ(gif.width, png.width) << name;
    ASSERT_EQ(gif.height, png.height) << name;
    std::size_t alike = 0;
    for (std::size_t at = 0; at < png.rgb.size(); ++at) {
      alike += std::abs(gif.rgb[at] - png.rgb[at]) <= 8 ? 1 : 0;
    }
    EXPECT_GE(alike, png.rgb.size() * 95 / 100) << name << " has few colours, at the edges others";
  }
}

// One pixel of the first colour, red: the smallest there is.
const std::string kOnePixel =
    std::string("GIF89a\x01\x00\x01\x00\x80\x00\x00\xFF\x00\x00\x00\x00\xFF", 19) +
    std::string("\x2C\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3B", 16);

TEST(Picture, RefusesAGifThatDoesNotAddUp) {
  EXPECT_EQ(pixel(*read(kOnePixel), 0, 0), (std::array{255, 0, 0}));
  for (std::size_t length = 0; length + 1 < kOnePixel.size(); ++length) {
    EXPECT_TRUE(refused(kOnePixel.substr(0, length))) << length;
  }
  const auto with = [](std::size_t at, char byte) {
    std::string changed = kOnePixel;
    changed[at] = byte;
    return changed;
  };
  EXPECT_TRUE(refused(with(6, 0))) << "no width";
  EXPECT_TRUE(refused(with(7, '\x40'))) << "too wide";
  EXPECT_TRUE(refused(with(10, 0))) << "colours that are none";
  EXPECT_TRUE(refused(with(19, '\x2D'))) << "an unknown block";
  EXPECT_TRUE(refused(with(20, 1))) << "beyond the screen";
  EXPECT_TRUE(refused(with(24, 0))) << "an empty frame";
  EXPECT_TRUE(refused(with(29, 9))) << "codes too wide";
  EXPECT_TRUE(refused(with(31, '\x54'))) << "a colour that the table does not have";
  EXPECT_TRUE(refused(with(31, '\x2C'))) << "over before the picture is";
}

TEST(Picture, DrawsAnSvgAsLargeAsAsked) {
  const Picture picture = *read(svg("<rect width=\"30\" height=\"12\" fill=\"#ff0000\"/>"));
  EXPECT_EQ(picture.width, width);
  EXPECT_EQ(picture.height, height);
  EXPECT_EQ(pixel(picture, 100, 60), (std::array{255, 0, 0}));
  EXPECT_EQ(pixel(picture, 500, 60), (std::array{255, 255, 255}));
}

TEST(Picture, ScalesDownByAverages) {
  const Result<Picture> large =
      read_picture(bytes_of(test::vector_file("letter/logo.png")), 40, 40);
  ASSERT_TRUE(large.has_value());
  EXPECT_LE(large->width, 40u);
  EXPECT_LE(large->height, 40u);
}

TEST(Picture, RefusesWhatIsNoneOfTheFour) {
  for (const char* file : {"", "GIF89a and more, long enough for a header", "%PDF-1.7", "<html/>",
                           "<svg/>", "\x89PNG\r\n\x1A\n", "\xFF\xD8\xFF\xE0", "not a picture"}) {
    EXPECT_TRUE(refused(file)) << file;
  }
  EXPECT_TRUE(refused(std::string((1 << 20) + 1, '<')));
}

TEST(Picture, RefusesOrReadsButNeverTripsOverDamage) {
  for (const char* name :
       {"letter/logo.png", "letter/logo.jpg", "letter/logo.gif", "letter/logo.svg"}) {
    const std::string good = test::vector_file(name);
    EXPECT_TRUE(refused(good.substr(0, good.size() / 2))) << name;
    const std::size_t step = good.size() / 150 + 1;
    for (std::size_t at = 0; at < good.size(); at += step) {
      std::string damaged = good;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
      const Result<Picture> picture = read(damaged);
      if (picture) {
        EXPECT_LE(picture->width, width) << name << " " << at;
      }
    }
  }
}

TEST(Svg, RefusesWhatLeadsOutsideTheFile) {
  for (const std::string& outside : {
           svg("<image href=\"/etc/passwd\" width=\"9\" height=\"9\"/>"),
           svg("<use href=\"file:///etc/passwd#a\"/>"),
           svg("<rect width=\"9\" height=\"9\" fill=\"url(http://example.com/#a)\"/>"),
           svg("<linearGradient id=\"a\" href=\"http://example.com/#b\"/>"),
           svg("<style>@import url(http://example.com/a.css);</style>"),
           svg("<style>rect { fill: url(http://example.com/#a) }</style>"),
           svg("<style>rect { fill: u\\72l(http://example.com/#a) }</style>"),
           svg("<script>alert(1)</script>"),
           svg("<text>name</text>"),
           svg("<foreignObject/>"),
           svg("<a href=\"http://example.com/\"/>"),
           svg("<rect onload=\"alert(1)\"/>"),
           svg("<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"/etc/passwd\"/>"),
           "<?xml-stylesheet href=\"http://example.com/a.css\"?>" + svg(""),
           "<!DOCTYPE svg [<!ENTITY a SYSTEM \"/etc/passwd\">]>" + svg("<title>&a;</title>"),
       }) {
    EXPECT_TRUE(refused(outside)) << outside;
  }
}

TEST(Svg, RefusesWhatTakesLongToDraw) {
  std::string many;
  for (int i = 0; i < 6000; ++i) many += "<rect width=\"9\" height=\"9\"/>";
  EXPECT_TRUE(refused(svg(many)));
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<g>";
  for (int i = 0; i < 100; ++i) deep += "</g>";
  EXPECT_TRUE(refused(svg(deep)));
  EXPECT_TRUE(refused(svg("<path d=\"" + std::string(300 << 10, ' ') + "\"/>")));
  for (const std::string& costly : {
           svg("<filter id=\"f\"><feGaussianBlur stdDeviation=\"900\"/></filter>"),
           svg("<pattern id=\"p\"/>"),
           svg("<mask id=\"m\"/>"),
           svg("<defs><symbol id=\"s\"/></defs><use href=\"#s\"/>"),
           svg("<path d=\"M0 0h9\" stroke-dasharray=\"0.0001\"/>"),
           svg("<path d=\"M0 0h9\" style=\"stroke-dasharray:0.0001\"/>"),
           svg("<clipPath id=\"a\"><rect clip-path=\"url(#a)\" width=\"9\" "
               "height=\"9\"/></clipPath>"),
       }) {
    EXPECT_TRUE(refused(costly)) << costly;
  }
}

TEST(Svg, RefusesABombOfEntities) {
  std::string bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\">";
  for (char name = 'b'; name < 'k'; ++name) {
    bomb += std::string("<!ENTITY ") + name + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(name - 1) + ";";
    bomb += "\">";
  }
  EXPECT_TRUE(refused(bomb + "]>" + svg("<title>&j;</title>")));
}

TEST(Svg, RefusesOneWithoutAnySize) {
  EXPECT_TRUE(refused("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\"/>"));
  EXPECT_TRUE(refused("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 0 0\"/>"));
}

}  // namespace
}  // namespace refledger::picture
