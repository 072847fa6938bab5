// The module of about 100 KB, most of it a C library as real programs carry it: adds up lines such as "tea=2.50" by name.
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct total {
  char name[32];
  double sum;
};

static int by_name(const void *a, const void *b) { return strcmp(((const struct total *)a)->name, ((const struct total *)b)->name); }

int main(void) {
  regex_t line_form;
  if (regcomp(&line_form, "^([a-z]{1,31})=([0-9]+([.][0-9]+)?)$", REG_EXTENDED | REG_NEWLINE))
    return 1;
  struct total totals[100];
  int count = 0, i;
  double norm = 0;
  char line[256];
  while (fgets(line, sizeof line, stdin)) {
    regmatch_t parts[3];
    if (regexec(&line_form, line, 3, parts, 0))
      continue;
    line[parts[1].rm_eo] = 0;
    double value = strtod(line + parts[2].rm_so, NULL);
    norm = hypot(norm, value);
    for (i = 0; i < count && strcmp(totals[i].name, line); i++)
      ;
    if (i == count) {
      if (count == 100)
        return 2;
      strcpy(totals[count++].name, line);
      totals[i].sum = 0;
    }
    totals[i].sum += value;
  }
  regfree(&line_form);
  qsort(totals, count, sizeof *totals, by_name);
  for (i = 0; i < count; i++)
    printf("%-31s %12.2f\n", totals[i].name, totals[i].sum);
  time_t start = 0;
  char day[32];
  int digits;
  strftime(day, sizeof day, "%Y-%m-%d", gmtime(&start));
  sscanf(day, "%d", &digits);
  printf("%d norm %.6g %.6g %.6g %.6g\n", digits, norm, pow(norm, 0.3), lgamma(norm + 1), erf(norm) + atan2(sin(norm), cbrt(norm)));
  return 0;
}
