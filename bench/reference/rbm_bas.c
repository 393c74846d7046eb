/* The paper's experiment on Bars-and-Stripes, plain: a restricted Boltzmann machine of 16 visible and 16 hidden units
 * with hidden biases only, p(v, h) ~ exp(h'Wv + b'h), taught by one Gibbs chain. An independent reference for Nudge:
 * one thread, double precision, its own seeded generator, no libraries beyond C's own.
 *
 *     cc -O3 -o rbm_bas rbm_bas.c -lm
 *     ./rbm_bas METHOD SEED [steps=200] [rate=0.005] [decay=none|linear] [phases=80000] [every=5000] [probability=0.5]
 *     ./rbm_bas check
 *
 * isd        the phase is positive with probability b; K steps; at each step +rate/(K b) or -rate/(K (1 - b)) of h v'
 * geometric  the same, but after each step the phase ends with probability 1/K
 * cd         paired CD-K: one update of the whole rate, from the clamped state and from the state K free steps
 *            after it; a pair counts as two phases
 *
 * Prints method,seed,phase,nll,tv: the exact negative log-likelihood of the 32 rows, and the exact total variation
 * distance to their distribution.
 *
 * Williams, Bredenberg & Lajoie, "Flexible Phase Dynamics for Bio-Plausible Contrastive Learning", ICML 2023. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 4, VISIBLE = 16, MOST_HIDDEN = 16, ROWS = 32, STATES = 1 << VISIBLE };

typedef struct {
    int hidden;
    double w[MOST_HIDDEN][VISIBLE], b[MOST_HIDDEN];
    double v[VISIBLE], h[MOST_HIDDEN];
} Machine;

typedef struct {
    const char *method;
    uint64_t seed;
    int steps, phases, every, decays;
    double rate, probability;
} Settings;

/* ---- chance: xoshiro256++ (Blackman & Vigna), its state filled by splitmix64 from the seed ---- */

static uint64_t state[4];

static void seed_chance(uint64_t seed) {
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += 0x9e3779b97f4a7c15u;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        state[i] = z ^ z >> 31;
    }
}

static uint64_t rotate(uint64_t x, int by) { return x << by | x >> (64 - by); }

/* Uniform in [0, 1), 53 bits. */
static double uniform(void) {
    const uint64_t result = rotate(state[0] + state[3], 23) + state[0], t = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= t;
    state[3] = rotate(state[3], 45);
    return (double)(result >> 11) * 0x1p-53;
}

static double normal(void) {
    const double radius = sqrt(-2 * log(1 - uniform()));
    return radius * cos(6.283185307179586 * uniform());
}

/* ---- the data: every set of bars and every set of stripes, so that all-off and all-on come twice ---- */

static double rows[ROWS][VISIBLE];

static void make_rows(void) {
    for (int set = 0; set < 1 << SIDE; set++)
        for (int j = 0; j < VISIBLE; j++) {
            rows[set][j] = set >> j % SIDE & 1;
            rows[set + (1 << SIDE)][j] = set >> j / SIDE & 1;
        }
}

static void shuffle_rows(void) {
    for (int i = ROWS - 1; i > 0; i--) {
        const int k = (int)(uniform() * (i + 1));
        double kept[VISIBLE];
        memcpy(kept, rows[i], sizeof kept);
        memcpy(rows[i], rows[k], sizeof kept);
        memcpy(rows[k], kept, sizeof kept);
    }
}

/* ---- the machine ---- */

static void create(Machine *m, int hidden) {
    memset(m, 0, sizeof *m);
    m->hidden = hidden;
    for (int i = 0; i < hidden; i++)
        for (int j = 0; j < VISIBLE; j++)
            m->w[i][j] = 0.01 * normal();
}

static double sample(double drive) { return uniform() < 1 / (1 + exp(-drive)); }

static double hidden_drive(const Machine *m, int i, const double *v) {
    double sum = m->b[i];
    for (int j = 0; j < VISIBLE; j++)
        sum += m->w[i][j] * v[j];
    return sum;
}

static void sample_hidden(Machine *m) {
    for (int i = 0; i < m->hidden; i++)
        m->h[i] = sample(hidden_drive(m, i, m->v));
}

static void sample_visible(Machine *m) {
    double drive[VISIBLE] = {0};
    for (int i = 0; i < m->hidden; i++)
        for (int j = 0; j < VISIBLE; j++)
            drive[j] += m->w[i][j] * m->h[i];
    for (int j = 0; j < VISIBLE; j++)
        m->v[j] = sample(drive[j]);
}

static void clamp(Machine *m, const double *row) { memcpy(m->v, row, sizeof m->v); }

/* The statistic is made of the samples themselves, not of their probabilities. */
static void learn(Machine *m, double amount) {
    for (int i = 0; i < m->hidden; i++) {
        const double share = amount * m->h[i];
        for (int j = 0; j < VISIBLE; j++)
            m->w[i][j] += share * m->v[j];
        m->b[i] += share;
    }
}

/* ---- exact measures ---- */

static double softplus(double x) { return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)); }

static double log_weight(const Machine *m, const double *v) {
    double sum = 0;
    for (int i = 0; i < m->hidden; i++)
        sum += softplus(hidden_drive(m, i, v));
    return sum;
}

static double log_sum(const double *logs, int count) {
    double most = logs[0], sum = 0;
    for (int i = 1; i < count; i++)
        most = fmax(most, logs[i]);
    for (int i = 0; i < count; i++)
        sum += exp(logs[i] - most);
    return most + log(sum);
}

/* log Z, over the states of the hidden units, each of which leaves the visible ones independent. */
static double log_partition(const Machine *m) {
    static double logs[1 << MOST_HIDDEN];
    for (int s = 0; s < 1 << m->hidden; s++) {
        double drive[VISIBLE] = {0}, sum = 0;
        for (int i = 0; i < m->hidden; i++)
            if (s >> i & 1) {
                sum += m->b[i];
                for (int j = 0; j < VISIBLE; j++)
                    drive[j] += m->w[i][j];
            }
        for (int j = 0; j < VISIBLE; j++)
            sum += softplus(drive[j]);
        logs[s] = sum;
    }
    return log_sum(logs, 1 << m->hidden);
}

static double negative_log_likelihood(const Machine *m, double log_z) {
    double sum = ROWS * log_z;
    for (int r = 0; r < ROWS; r++)
        sum -= log_weight(m, rows[r]);
    return sum;
}

/* Half the sum of |p - p*| over the states of the visible units. */
static double total_variation(const Machine *m, double log_z) {
    static double wanted[STATES];
    memset(wanted, 0, sizeof wanted);
    for (int r = 0; r < ROWS; r++) {
        int s = 0;
        for (int j = 0; j < VISIBLE; j++)
            s |= (int)rows[r][j] << j;
        wanted[s] += 1.0 / ROWS;
    }
    double sum = 0;
    for (int s = 0; s < STATES; s++) {
        double v[VISIBLE];
        for (int j = 0; j < VISIBLE; j++)
            v[j] = s >> j & 1;
        sum += fabs(exp(log_weight(m, v) - log_z) - wanted[s]);
    }
    return sum / 2;
}

/* ---- learning ---- */

static void gibbs_step(Machine *m, int positive, double amount) {
    sample_hidden(m);
    if (!positive)
        sample_visible(m);
    learn(m, amount);
}

/* The chain is never reset: a negative phase goes on from wherever the last phase left the units. */
static void isd_phase(Machine *m, const Settings *s, double rate, int geometric, int *shown) {
    const int positive = uniform() < s->probability;
    const double weight = positive ? 1 / s->probability : -1 / (1 - s->probability);
    if (positive)
        clamp(m, rows[(*shown)++ % ROWS]);
    int step = 0;
    do
        gibbs_step(m, positive, weight * rate / s->steps);
    while (geometric ? uniform() >= 1.0 / s->steps : ++step < s->steps);
}

/* With the visible units clamped the last of K draws of the hidden ones is distributed as the first: one is enough.
 * Both statistics are of the weights before the pair. */
static void cd_pair(Machine *m, const Settings *s, double rate, int pair) {
    if (pair % ROWS == 0)
        shuffle_rows();
    clamp(m, rows[pair % ROWS]);
    sample_hidden(m);
    Machine positive = *m;
    for (int step = 0; step < s->steps; step++) {
        sample_hidden(m);
        sample_visible(m);
    }
    learn(m, -rate);
    for (int i = 0; i < m->hidden; i++) {
        for (int j = 0; j < VISIBLE; j++)
            m->w[i][j] += rate * positive.h[i] * positive.v[j];
        m->b[i] += rate * positive.h[i];
    }
}

static void report(const Machine *m, const Settings *s, int phase) {
    const double log_z = log_partition(m);
    printf("%s,%llu,%d,%.6f,%.6f\n", s->method, (unsigned long long)s->seed, phase,
        negative_log_likelihood(m, log_z), total_variation(m, log_z));
    fflush(stdout);
}

static void train(const Settings *s) {
    Machine m;
    const int cd = !strcmp(s->method, "cd"), geometric = !strcmp(s->method, "geometric");
    int shown = 0;
    seed_chance(s->seed);
    make_rows();
    /* ISD goes through the rows in one order, drawn once; CD draws a new one for every round. */
    shuffle_rows();
    create(&m, MOST_HIDDEN);
    printf("method,seed,phase,nll,tv\n");
    for (int phase = 0; phase < s->phases; phase += cd ? 2 : 1) {
        const double rate = s->decays ? s->rate * (1 - (double)phase / s->phases) : s->rate;
        if (phase % s->every == 0)
            report(&m, s, phase);
        if (cd)
            cd_pair(&m, s, rate, phase / 2);
        else
            isd_phase(&m, s, rate, geometric, &shown);
    }
    report(&m, s, s->phases);
}

/* ---- the check against values computed by other means ---- */

static int agrees(const char *what, int hidden, double found, double known) {
    const int good = fabs(found - known) < 1e-8;
    printf("%s, %d hidden: %.9f, known %.9f: %s\n", what, hidden, found, known, good ? "agrees" : "DIFFERS");
    return good;
}

static int check(void) {
    static const struct { int hidden; double scale, nll, tv, log_z; } known[] = {
        {16, 0, 354.891356447, 0.999542236, 22.180709778},
        {6, 1, 358.604425669, 0.999561782, 15.484571833},
        {8, 1, 359.189795885, 0.999523482, 17.046994860},
        {12, 1, 358.077135067, 0.999443080, 19.938403894},
    };
    int good = 1;
    make_rows();
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        Machine m = {.hidden = known[k].hidden};
        for (int i = 0; i < m.hidden; i++) {
            for (int j = 0; j < VISIBLE; j++)
                m.w[i][j] = known[k].scale * 0.1 * ((7 * i + 3 * j) % 11 - 5);
            m.b[i] = known[k].scale * 0.05 * (i % 5 - 2);
        }
        const double log_z = log_partition(&m);
        good &= agrees("log Z", m.hidden, log_z, known[k].log_z);
        good &= agrees("NLL", m.hidden, negative_log_likelihood(&m, log_z), known[k].nll);
        good &= agrees("TV", m.hidden, total_variation(&m, log_z), known[k].tv);
    }
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void refuse(const char *what) {
    fprintf(stderr, "rbm_bas: not understood: %s (usage at the head of rbm_bas.c)\n", what);
    exit(2);
}

static void set(Settings *s, const char *option) {
    const char *value = strchr(option, '=');
    if (!value++)
        refuse(option);
    if (!strncmp(option, "steps=", 6)) s->steps = atoi(value);
    else if (!strncmp(option, "rate=", 5)) s->rate = atof(value);
    else if (!strncmp(option, "phases=", 7)) s->phases = atoi(value);
    else if (!strncmp(option, "every=", 6)) s->every = atoi(value);
    else if (!strncmp(option, "probability=", 12)) s->probability = atof(value);
    else if (!strcmp(option, "decay=linear")) s->decays = 1;
    else if (!strcmp(option, "decay=none")) s->decays = 0;
    else refuse(option);
}

int main(int count, char **words) {
    if (count == 2 && !strcmp(words[1], "check"))
        return check();
    if (count < 3 || (strcmp(words[1], "isd") && strcmp(words[1], "geometric") && strcmp(words[1], "cd")))
        refuse(count > 1 ? words[1] : "no method");
    Settings s = {.method = words[1], .seed = strtoull(words[2], NULL, 10), .steps = 200, .phases = 80000,
        .every = 5000, .rate = 0.005, .probability = 0.5};
    for (int i = 3; i < count; i++)
        set(&s, words[i]);
    if (s.steps < 1 || s.phases < 1 || s.every < 1 || !(s.probability > 0 && s.probability < 1))
        refuse("a number out of range");
    train(&s);
    return EXIT_SUCCESS;
}
