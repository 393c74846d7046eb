namespace Nudge.Topology;

/// <summary>
/// Square windows on a population with a shape: the window of position (y, x) of the upper population begins at row
/// y·stride − padding of the lower one. What a window has beyond the border is 0.
/// </summary>
/// <param name="Kernel">Rows and columns of a window.</param>
/// <param name="Stride">Rows and columns between the windows of neighbouring positions.</param>
/// <param name="Padding">Rows and columns by which the first window extends beyond the border.</param>
public readonly record struct Windows(int Kernel, int Stride, int Padding)
{
    /// <summary>Places of one window.</summary>
    public int Area => Kernel * Kernel;

    /// <summary>How many windows fit into a length; 0 or less where none does.</summary>
    public int CountIn(int length) => (int)(((long)length + (2L * Padding) - Kernel + Stride) / Stride);

    /// <summary>Reports windows that do not fit the populations.</summary>
    public void Check(ConnectCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Padding >= Kernel)
        {
            check.Findings.Error(
                $"{check.Path}.padding", $"{Padding} puts whole windows of {Kernel} beyond the border; expected less than {Kernel}");
            return;
        }

        (int height, int width) = (CountIn(check.Source.Height), CountIn(check.Source.Width));
        string windows = $"windows of {Kernel}×{Kernel} with stride {Stride} and padding {Padding}";
        if (height < 1 || width < 1)
        {
            check.Findings.Error(
                $"{check.Path}.kernel",
                $"no window of {Kernel}×{Kernel} fits into the {check.Source.Height}×{check.Source.Width} units of {check.From}; "
                + "expected a smaller one, or padding");
        }
        else if (height != check.Target.Height || width != check.Target.Width)
        {
            check.Findings.Error(
                $"populations.{check.To}.shape",
                $"{check.Target.Height}×{check.Target.Width} units; expected {height}×{width}, which {windows} make of the "
                + $"{check.Source.Height}×{check.Source.Width} units of {check.From}");
        }
    }
}
