# add_layer(<folder> [USES <folder>...] [ON <third-party target>...])
#
# One static library from the folder's .cpp files.  It sees the headers of the folders it USES (and
# of those that these use) and of no others: include paths are views that hold one folder each, so
# an #include that is not declared does not compile.  A layer can use only layers declared before
# it, so a cycle cannot be written.
function(add_layer folder)
  cmake_parse_arguments(arg "" "" "USES;ON" ${ARGN})
  string(REPLACE "/" "_" target ${folder})
  make_view(${folder} ${target})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  if(sources)
    add_library(${target} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE ${arg_ON})
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
    target_link_libraries(${target} INTERFACE ${arg_ON})
  endif()
  target_include_directories(${target} ${scope} ${CMAKE_BINARY_DIR}/view/${target})
  foreach(used IN LISTS arg_USES)
    string(REPLACE "/" "_" used_target ${used})
    if(NOT TARGET ${used_target})
      message(FATAL_ERROR "${folder} uses ${used}, which is not above it")
    endif()
    target_link_libraries(${target} ${scope} ${used_target})
  endforeach()
endfunction()

# A folder that holds links to the headers of `folder` alone (its sub-folders are other layers).
function(make_view folder target)
  set(view ${CMAKE_BINARY_DIR}/view/${target}/${folder})
  file(REMOVE_RECURSE ${CMAKE_BINARY_DIR}/view/${target})
  file(MAKE_DIRECTORY ${view})
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.h)
  foreach(header IN LISTS headers)
    get_filename_component(name ${header} NAME)
    file(CREATE_LINK ${header} ${view}/${name} SYMBOLIC)
  endforeach()
endfunction()

# embed_files(<target> <folder> <header> <namespace> <type> <function> <pattern>...)
#
# Builds the folder's files that match into the target, as what `function` of `header` returns.
function(embed_files target folder header namespace type function)
  list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/${folder}/ OUTPUT_VARIABLE globs)
  file(GLOB files CONFIGURE_DEPENDS ${globs})
  list(JOIN ARGN "," patterns)
  set(out ${CMAKE_BINARY_DIR}/${target}_files.cpp)
  add_custom_command(OUTPUT ${out}
                     COMMAND ${CMAKE_COMMAND} -DFOLDER=${CMAKE_SOURCE_DIR}/${folder}
                             -DPATTERNS=${patterns} -DHEADER=${header} -DNAMESPACE=${namespace}
                             -DTYPE=${type} -DFUNCTION=${function} -DOUT=${out}
                             -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
                     DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
