/* Included before every source file (see layer.cmake): functions that have a safer one in this project. The headers
 * that declare them come first, so that only our own use of them is an error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol atoll
