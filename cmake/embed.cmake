# cmake -DFOLDER=<folder> -DPATTERNS=<glob,glob> -DHEADER=<header> -DNAMESPACE=<namespace>
#       -DTYPE=<struct> -DFUNCTION=<function> -DOUT=<file.cpp> -P embed.cmake
#
# Writes files into one C++ source, so that the program needs no files beside it.  Each file becomes
# one raw string; a file that contains the delimiter would not compile.  Names are relative to FOLDER.
string(REPLACE "," ";" patterns ${PATTERNS})
list(TRANSFORM patterns PREPEND ${FOLDER}/)
file(GLOB paths ${patterns})
list(SORT paths)
set(code "#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\n")
string(APPEND code "std::span<const ${TYPE}> ${FUNCTION}() {\n  static constexpr ${TYPE} kFiles[] = {\n")
foreach(path IN LISTS paths)
  file(RELATIVE_PATH name ${FOLDER} ${path})
  file(READ ${path} content)
  string(APPEND code "      {\"${name}\", R\"~embed~(${content})~embed~\"},\n")
endforeach()
string(APPEND code "  };\n  return kFiles;\n}\n\n}  // namespace ${NAMESPACE}\n")
file(WRITE ${OUT} "${code}")
