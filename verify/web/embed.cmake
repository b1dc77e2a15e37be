# cmake -DFOLDER=<page folder> -DOUT=<file.cpp> -P embed.cmake
#
# Writes the page's files into one C++ source, so that the program needs no files beside it.  Each
# file becomes one raw string; a file that contains the delimiter would not compile.
file(GLOB paths ${FOLDER}/*)
list(SORT paths)
set(code "#include \"verify/web/assets.h\"\n\nnamespace refledger::web {\n\n")
string(APPEND code "std::span<const Asset> all_assets() {\n  static constexpr Asset kAssets[] = {\n")
foreach(path IN LISTS paths)
  get_filename_component(name ${path} NAME)
  file(READ ${path} content)
  string(APPEND code "      {\"${name}\", R\"~embed~(${content})~embed~\"},\n")
endforeach()
string(APPEND code "  };\n  return kAssets;\n}\n\n}  // namespace refledger::web\n")
file(WRITE ${OUT} "${code}")
