# What `cmake --install` lays down: library, headers, program, and the files by which CMake and pkg-config find them.
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
  file(RELATIVE_PATH libraries_from_program /${CMAKE_INSTALL_BINDIR} /${CMAKE_INSTALL_LIBDIR})
  set_target_properties(lanewise-cli PROPERTIES
    INSTALL_RPATH $<IF:$<PLATFORM_ID:Darwin>,@loader_path,$ORIGIN>/${libraries_from_program})
  install(TARGETS lanewise-cli)
endif()
