// Hostile: takes memory, and uses it, until there is none; then fails.
#include <stdlib.h>
#include <string.h>

int main(void) {
  for (void *block; (block = malloc(1 << 20));)
    memset(block, 1, 1 << 20);
  abort();
}
