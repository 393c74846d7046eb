using Nudge.Numerics;
using Nudge.Randomness;

namespace Nudge.Links;

/// <summary>Draws delays with the mean that the settings name, in τ.</summary>
internal sealed class DelaySampler
{
    private readonly DelaySettings _settings;
    private readonly double _sigma;
    private readonly double _location;
    private readonly double _inversePower;

    internal DelaySampler(DelaySettings settings)
    {
        _settings = settings;
        double variance = Elementary.Log(1 + (settings.Cv * settings.Cv));
        _sigma = Math.Sqrt(variance);
        _location = settings.Law == DelayLaw.LogNormal && settings.Mean > 0
            ? Elementary.Log(settings.Mean) - (variance / 2)
            : settings.Mean * (settings.Shape - 1) / settings.Shape;
        _inversePower = -1 / settings.Shape;
    }

    internal bool IsNone => _settings.Law == DelayLaw.None || _settings.Mean == 0;

    internal double Sample(RandomKey key, ulong draw)
    {
        if (IsNone)
            return 0;
        if (_settings.Law == DelayLaw.Constant)
            return _settings.Mean;
        if (_settings.Law == DelayLaw.Gamma)
            return GammaSampler.Sample(1 / (_settings.Cv * _settings.Cv), key, draw) * _settings.Mean * _settings.Cv
                * _settings.Cv;
        double uniform = key.Draw(draw).First;
        return _settings.Law switch
        {
            DelayLaw.Exponential => -_settings.Mean * Elementary.Log(uniform),
            DelayLaw.Uniform => _settings.Mean + (_settings.Spread * ((2 * uniform) - 1)),
            DelayLaw.LogNormal => Elementary.Exp(_location + (_sigma * Elementary.InverseNormal(uniform))),
            _ => _location * Elementary.Pow(uniform, _inversePower),
        };
    }
}
