using CsCheck;
using Nudge.Phases;

namespace Nudge.Neurons.Tests.Phases;

public sealed class NudgeSettingsTests
{
    private static readonly Gen<NudgeSettings> Waves = Gen.Select(
        Gen.Bool.Select(saw => saw ? NudgeWaveform.Sawtooth : NudgeWaveform.Oscillating),
        Gen.Double[0, 10],
        Gen.Double[0.5, 20],
        Gen.Int[1, 4],
        Gen.Double[0, 0.9],
        (waveform, start, period, periods, rise) => new NudgeSettings
        {
            Waveform = waveform,
            Start = start,
            Period = period,
            Periods = periods,
            Rise = rise * period,
        });

    [Fact]
    public void A_constant_nudge_is_one_at_every_time() =>
        Gen.Select(Gen.Double[0, 50], Gen.Double[0.01, 5])
            .Sample((from, elapsed) => NudgeSettings.Constant.Mean(from, from + elapsed) == 1);

    [Fact]
    public void Means_over_any_steps_add_up_to_the_integral_of_the_waveform() =>
        Gen.Select(Waves, Gen.Double[0.01, 3].Array[40]).Sample((wave, steps) =>
        {
            (double time, double sum) = (0, 0);
            foreach (double step in steps)
            {
                sum += step * wave.Mean(time, time + step);
                time += step;
            }

            return Math.Abs(sum - wave.Integral(time - wave.Start)) < 1e-9;
        });

    [Fact]
    public void A_mean_over_a_short_time_is_the_waveform_itself() =>
        Gen.Select(Waves, Gen.Double[0.001, 0.999]).Sample((wave, share) =>
        {
            double time = share * wave.Periods * wave.Period;
            double place = time % wave.Period;
            double expected = wave.Waveform == NudgeWaveform.Oscillating
                ? Math.Sin(2 * Math.PI * place / wave.Period)
                : place < wave.Rise ? place / wave.Rise : (wave.Period - place) / (wave.Period - wave.Rise);
            // Beside a jump, or on the corner of a steep rise, a mean is between two values.
            return Math.Min(place, wave.Period - place) < 1e-3 || Math.Abs(place - wave.Rise) < 1e-3
                || Math.Abs(wave.Mean(wave.Start + time - 1e-6, wave.Start + time + 1e-6) - expected) < 1e-3;
        });

    [Fact]
    public void Whole_periods_of_an_oscillation_cancel_to_the_bit() =>
        Waves.Where(wave => wave.Waveform == NudgeWaveform.Oscillating).Sample(wave =>
            Enumerable.Range(0, wave.Periods + 1).All(whole => wave.Integral(whole * wave.Period) < 1e-12 * wave.Period)
            && wave.Integral(wave.Periods * wave.Period) == 0 && wave.Integral(1e3 * wave.Period) == 0);

    [Fact]
    public void Before_its_start_and_after_its_last_period_the_output_is_free() =>
        Waves.Sample(wave =>
            (wave.Start == 0 || wave.Mean(0, wave.Start) == 0)
            && wave.Mean(wave.Start + (wave.Periods * wave.Period) + 1e-9, 1e6) == 0);
}
