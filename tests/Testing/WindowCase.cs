using Nudge.Topology;

namespace Nudge.Testing;

/// <summary>A connection of a window: its two units, and the place of its weight in a file of either direction.</summary>
public readonly record struct WindowConnection(int Lower, int Upper, int Forward, int Backward);

/// <summary>A projection with windows, with its connections as they follow from the definition, by plain loops.</summary>
public sealed record WindowCase(ConnectSettings Connect, PopulationShape Lower, PopulationShape Upper)
{
    /// <summary>A convolution or a locally connected projection.</summary>
    public static WindowCase Of(
        bool shares, int height, int width, int sending, int receiving, int kernel, int stride, int padding)
    {
        int Count(int length) => ((length + (2 * padding) - kernel) / stride) + 1;
        ConnectSettings connect = shares
            ? new ConvolutionConnect { Kernel = kernel, Stride = stride, Padding = padding }
            : new LocalConnect { Kernel = kernel, Stride = stride, Padding = padding };
        return new(
            connect,
            new() { Height = height, Width = width, Channels = sending },
            new() { Height = Count(height), Width = Count(width), Channels = receiving });
    }

    /// <summary>Kernel, stride and padding.</summary>
    public (int Kernel, int Stride, int Padding) Windows => Connect switch
    {
        ConvolutionConnect one => (one.Kernel, one.Stride, one.Padding),
        LocalConnect one => (one.Kernel, one.Stride, one.Padding),
        PoolingConnect one => (one.Kernel, one.Stride ?? one.Kernel, 0),
        _ => throw new InvalidOperationException("no windows"),
    };

    /// <summary>Both directions.</summary>
    public (Connectivity Forward, Connectivity Backward) Tables =>
        (Connect.Create(Lower, Upper, isBackward: false)!, Connect.Create(Upper, Lower, isBackward: true)!);

    /// <summary>All connections.</summary>
    public IEnumerable<WindowConnection> Connections()
    {
        (int kernel, int stride, int padding) = Windows;
        bool shares = Connect.SharesWeights;
        bool joins = Connect is not PoolingConnect;
        for (int o = 0; o < Upper.Channels; o++)
            for (int p = 0; p < Upper.Positions; p++)
                for (int c = joins ? 0 : o; c < (joins ? Lower.Channels : o + 1); c++)
                    for (int ky = 0; ky < kernel; ky++)
                        for (int kx = 0; kx < kernel; kx++)
                        {
                            int y = (p / Upper.Width * stride) - padding + ky;
                            int x = (p % Upper.Width * stride) - padding + kx;
                            if (y < 0 || y >= Lower.Height || x < 0 || x >= Lower.Width)
                                continue;
                            int window = shares ? 0 : p;
                            int windows = shares ? 1 : Upper.Positions;
                            yield return new(
                                (((c * Lower.Height) + y) * Lower.Width) + x,
                                (o * Upper.Positions) + p,
                                (((((((o * windows) + window) * Lower.Channels) + c) * kernel) + ky) * kernel) + kx,
                                (((((((c * windows) + window) * Upper.Channels) + o) * kernel) + ky) * kernel) + kx);
                        }
    }
}
