# What `cmake --install` lays down: library, headers, the files by which CMake and pkg-config find them, and the program with its manual page and
# completions, which it prints itself.
#
# Nothing in them names the prefix, so an installed tree may be moved. The shared library carries its dependencies itself; whoever links
# the static one must find them again, which lanewise-config.cmake and lanewise.pc do.
include(CMakePackageConfigHelpers)

set(lanewise_cmake_folder ${CMAKE_INSTALL_LIBDIR}/cmake/lanewise)
set(generated ${CMAKE_CURRENT_BINARY_DIR}/packaging)

install(TARGETS lanewise EXPORT lanewise-targets)
install(DIRECTORY include/lanewise DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(EXPORT lanewise-targets NAMESPACE lanewise:: DESTINATION ${lanewise_cmake_folder})

configure_package_config_file(src/packaging/lanewise-config.cmake.in ${generated}/lanewise-config.cmake
  INSTALL_DESTINATION ${lanewise_cmake_folder} NO_SET_AND_CHECK_MACRO)
# Before version 1 every minor version may change the interface.
write_basic_package_version_file(${generated}/lanewise-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${generated}/lanewise-config.cmake ${generated}/lanewise-config-version.cmake DESTINATION ${lanewise_cmake_folder})

file(RELATIVE_PATH prefix_from_pc_file /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" prefix_from_pc_file ${prefix_from_pc_file})
configure_file(src/packaging/lanewise.pc.in ${generated}/lanewise.pc @ONLY)
install(FILES ${generated}/lanewise.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

if(LANEWISE_BUILD_PROGRAM)
  install(TARGETS lanewise-cli)

  # A program that is built for another machine cannot print them.
  if(NOT CMAKE_CROSSCOMPILING)
    function(lanewise_printed_page file folder)
      list(JOIN ARGN " " options)
      add_custom_command(OUTPUT ${generated}/${file} COMMAND sh -c "'$<TARGET_FILE:lanewise-cli>' ${options} > '${generated}/${file}'"
        DEPENDS lanewise-cli VERBATIM)
      install(FILES ${generated}/${file} DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/${folder})
      set_property(GLOBAL APPEND PROPERTY lanewise_printed_pages ${generated}/${file})
    endfunction()
    lanewise_printed_page(lanewise.1 man/man1 --print-man)
    lanewise_printed_page(lanewise bash-completion/completions --print-completion bash)
    lanewise_printed_page(_lanewise zsh/site-functions --print-completion zsh)
    lanewise_printed_page(lanewise.fish fish/vendor_completions.d --print-completion fish)
    get_property(lanewise_pages GLOBAL PROPERTY lanewise_printed_pages)
    add_custom_target(lanewise-pages ALL DEPENDS ${lanewise_pages})
  endif()
endif()
