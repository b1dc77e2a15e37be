# Third-party libraries, all from Debian 12.  Which folder may use which one is said in the
# add_layer calls; tools/check-layers holds the includes to it.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS system)
find_package(Poco 1.11 REQUIRED COMPONENTS Foundation Net NetSSL Util)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(date REQUIRED)

pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
# One-time codes of authenticator apps.
pkg_check_modules(oath REQUIRED IMPORTED_TARGET liboath>=2.6)
pkg_check_modules(rocksdb REQUIRED IMPORTED_TARGET rocksdb>=7.8)
pkg_check_modules(qpdf REQUIRED IMPORTED_TARGET libqpdf>=11)
pkg_check_modules(harfbuzz REQUIRED IMPORTED_TARGET harfbuzz-subset>=6 harfbuzz>=6)
pkg_check_modules(seccomp REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)

# Letterheads' pictures.  libharu's own readers end the process on a broken one, or trust it.
pkg_check_modules(png REQUIRED IMPORTED_TARGET libpng>=1.6)
pkg_check_modules(turbojpeg REQUIRED IMPORTED_TARGET libturbojpeg>=2.1)
pkg_check_modules(rsvg REQUIRED IMPORTED_TARGET librsvg-2.0>=2.54)
find_package(EXPAT 2.5 REQUIRED)

# Loads PKCS#11 modules and reads their addresses.
pkg_check_modules(p11kit REQUIRED IMPORTED_TARGET p11-kit-1>=0.24)

# What zlib does, in half the time.
pkg_check_modules(deflate REQUIRED IMPORTED_TARGET libdeflate>=1.14)

pkg_check_modules(qrcodegen REQUIRED IMPORTED_TARGET qrcodegencpp)

# libharu ships neither a CMake nor a pkg-config file in Debian 12.
find_library(hpdf_path NAMES hpdf REQUIRED)
find_path(hpdf_include NAMES hpdf.h REQUIRED)
add_library(hpdf UNKNOWN IMPORTED)
set_target_properties(hpdf PROPERTIES IMPORTED_LOCATION ${hpdf_path}
                      INTERFACE_INCLUDE_DIRECTORIES ${hpdf_include})

# Header only.
find_path(mustache_include NAMES kainjow/mustache.hpp REQUIRED)
add_library(kainjow_mustache INTERFACE)
target_include_directories(kainjow_mustache SYSTEM INTERFACE ${mustache_include}/kainjow)
