"""The restricted Boltzmann machine of Nudge's seed paper in NumPy, as a NumPy user writes it: one chain.

A Gibbs step samples the hidden units from the visible ones, in a negative phase then the visible units from the hidden
ones, and learns at once from these samples with the sign and weight that importance sampling gives the phase. Hidden
biases only, double precision, as the paper has it. Prints microseconds per Gibbs step, phases of both kinds mixed.

    LD_PRELOAD=/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3 OPENBLAS_NUM_THREADS=1 \\
        python3 rbm.py VISIBLE HIDDEN STEPS_PER_PHASE PHASES

The paper's sizes: Bars-and-Stripes 16 16 200, MNIST with labels 794 16 10 and 794 64 10. The rows shown are random,
except for 16 visible units: dense products cost the same whatever they multiply.

Debian: apt-get install python3-numpy libopenblas0-pthread
"""
import sys
import time

import numpy as np

RATE, POSITIVE = 0.005, 0.5


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def bars_and_stripes() -> np.ndarray:
    sets = (np.arange(16)[:, None] >> np.arange(4)) & 1
    bars = np.repeat(sets[:, None, :], 4, axis=1).reshape(16, 16)
    stripes = np.repeat(sets[:, :, None], 4, axis=2).reshape(16, 16)
    return np.concatenate((bars, stripes)).astype(float)


class Machine:
    """p(v, h) ~ exp(h'Wv + b'h), with the state of its one chain."""

    def __init__(self, visible: int, hidden: int, rng: np.random.Generator) -> None:
        self.rng = rng
        self.w = rng.normal(0, 0.01, (hidden, visible))
        self.b = np.zeros(hidden)
        self.v = np.zeros(visible)
        self.h = np.zeros(hidden)

    def sample(self, drive: np.ndarray) -> np.ndarray:
        return (sigmoid(drive) > self.rng.random(len(drive))).astype(float)

    def step(self, positive: bool, amount: float) -> None:
        self.h = self.sample(self.w @ self.v + self.b)
        if not positive:
            self.v = self.sample(self.h @ self.w)
        self.w += np.outer(amount * self.h, self.v)
        self.b += amount * self.h


def train(machine: Machine, rows: np.ndarray, steps: int, phases: int, rate: float = RATE) -> None:
    shown = 0
    for _ in range(phases):
        positive = machine.rng.random() < POSITIVE
        if positive:
            machine.v = rows[shown % len(rows)]
            shown += 1
        amount = (1 / POSITIVE if positive else -1 / (1 - POSITIVE)) * rate / steps
        for _ in range(steps):
            machine.step(positive, amount)


def main(visible: int, hidden: int, steps: int, phases: int) -> None:
    rng = np.random.default_rng(1)
    rows = bars_and_stripes() if visible == 16 else (rng.random((1000, visible)) < 0.13).astype(float)
    rows = rng.permutation(rows)
    machine = Machine(visible, hidden, rng)
    train(machine, rows, steps, 1 + phases // 10)
    begun = time.perf_counter()
    train(machine, rows, steps, phases)
    print((time.perf_counter() - begun) / (steps * phases) * 1e6)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
