// The module of about 100 KB: tools on the lines of stdin with the C library that they need, as real programs carry it. The
// first line names the tool: sum, sort, stats, match PATTERN, day SECONDS. The benchmark sums.
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINES = 1000, LENGTH = 256 };

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int sum(char line[LENGTH]) {
  double total = 0;
  while (fgets(line, LENGTH, stdin))
    total += strtod(line, NULL);
  printf("%.2f\n", total);
  return 0;
}

static int sort(char line[LENGTH]) {
  static char *lines[LINES];
  int count = 0, i;
  while (count < LINES && fgets(line, LENGTH, stdin))
    lines[count++] = strdup(line);
  qsort(lines, count, sizeof *lines, by_text);
  for (i = 0; i < count; i++)
    fputs(lines[i], stdout);
  return 0;
}

static int stats(char line[LENGTH]) {
  double value, norm = 0, logs = 0, lowest = INFINITY, highest = -INFINITY;
  int count = 0;
  while (fgets(line, LENGTH, stdin)) {
    if (sscanf(line, "%lf", &value) != 1)
      continue;
    count++;
    norm = hypot(norm, value);
    logs += log(fabs(value) + 1);
    lowest = fmin(lowest, value);
    highest = fmax(highest, value);
  }
  printf("%d values from %g to %g, norm %.9g, geometric %.9g, gamma %.9g, error %.9g, angle %.9g, root %.9g\n", count, lowest, highest, norm,
         exp(logs / fmax(count, 1)), lgamma(count + 1), erf(norm), atan2(sin(norm), cos(norm)), pow(cbrt(norm), 0.3));
  return 0;
}

static int match(char line[LENGTH], const char *pattern) {
  regex_t form;
  if (regcomp(&form, pattern, REG_EXTENDED | REG_NEWLINE | REG_NOSUB))
    return 1;
  while (fgets(line, LENGTH, stdin))
    if (!regexec(&form, line, 0, NULL, 0))
      fputs(line, stdout);
  regfree(&form);
  return 0;
}

static int day(char line[LENGTH], const char *seconds) {
  time_t time = strtoll(seconds, NULL, 10);
  strftime(line, LENGTH, "%A, %Y-%m-%d %H:%M:%S", gmtime(&time));
  puts(line);
  return 0;
}

int main(void) {
  char tool[LENGTH], line[LENGTH];
  if (!fgets(tool, sizeof tool, stdin))
    return 2;
  tool[strcspn(tool, "\n")] = 0;
  char *word = tool + strcspn(tool, " ");
  if (*word)
    *word++ = 0;
  return !strcmp(tool, "sum")    ? sum(line)
         : !strcmp(tool, "sort")  ? sort(line)
         : !strcmp(tool, "stats") ? stats(line)
         : !strcmp(tool, "match") ? match(line, word)
         : !strcmp(tool, "day")   ? day(line, word)
                                  : 2;
}
