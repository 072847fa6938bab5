// The module that computes: how many primes there are below two million.
#include <stdio.h>
#include <string.h>

#define LIMIT 2000000

static unsigned char composite[LIMIT];

int main(void) {
  int count = 0;
  for (long i = 2; i < LIMIT; i++) {
    if (composite[i])
      continue;
    count++;
    for (long j = i * i; j < LIMIT; j += i)
      composite[j] = 1;
  }
  printf("%d\n", count);
  return 0;
}
