using CsCheck;
using Nudge.Recording;
using Nudge.Testing;

namespace Nudge.Coordinator.Tests.Recording;

public sealed class MetricsFileTests : IDisposable
{
    private static readonly Gen<MetricsRow> Row =
        from counts in Gen.Long[0, long.MaxValue].Array[5]
        from values in Gen.Double[0, 1e9].Array[2]
        from accuracy in Gen.Double[0, 1].Nullable()
        from wall in Gen.Int[0, 1_000_000]
        select new MetricsRow(
            counts[0], values[0], counts[1], values[1], accuracy, 1000, counts[2], counts[3], counts[4], accuracy ?? 0.5, wall / 8.0)
        {
            Energy = -values[0],
            Symmetry = accuracy,
            Staleness = values[1],
            Undecided = wall,
            Saturated = accuracy,
            UpdateNorm = values[0],
        };

    private readonly TemporaryDirectory _directory = new();

    private string File => _directory.File(RunFiles.Metrics);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Rows_read_back_as_they_were_added() => Row.Array[0, 20].Sample(
        rows =>
        {
            Write(rows);
            Assert.Equal(rows, MetricsFile.Read(File));
        },
        iter: 50,
        threads: 1);

    [Fact]
    public void A_resumed_file_ends_in_the_bytes_of_an_uninterrupted_one() =>
        (from rows in Row.Array[1, 20]
         from kept in Gen.Int[0, rows.Length]
         from written in Gen.Int[kept, rows.Length]
         from torn in Gen.String[Gen.Char.AlphaNumeric, 0, 10]
         select (rows, kept, written, torn)).Sample(
            run =>
            {
                Write(run.rows);
                byte[] uninterrupted = System.IO.File.ReadAllBytes(File);
                Write(run.rows[..run.written]);
                System.IO.File.AppendAllText(File, run.torn);

                using (MetricsFile resumed = MetricsFile.Open(File, run.kept))
                {
                    Array.ForEach(run.rows[run.kept..], resumed.Add);
                    Assert.Equal(run.rows.Length, resumed.Rows);
                }

                Assert.Equal(uninterrupted, System.IO.File.ReadAllBytes(File));
            },
            iter: 50,
            threads: 1);

    [Fact]
    public void A_row_is_in_the_file_before_the_file_is_closed()
    {
        using MetricsFile metrics = MetricsFile.Open(File, 0);
        metrics.Add(new(1, 2.5, 3, double.NaN, null, 0, 4, 5, 6, 0.5, 7.25));

        string[] lines = Lines();

        Assert.StartsWith("presentations,simulatedTau,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",wallSeconds", lines[0], StringComparison.Ordinal);
        Assert.Equal("1,2.5,3,,,0,4,5,6,0.5,,,,,,,,,7.25", lines[1]);
    }

    [Fact]
    public void A_line_torn_by_a_kill_is_not_read()
    {
        Write([new(1, 2, 3, 0.5, 0.25, 100, 4, 5, 6, 0.5, 7)]);
        System.IO.File.AppendAllText(File, "2,3.5,4");

        Assert.Single(MetricsFile.Read(File));
    }

    [Fact]
    public void Fewer_rows_than_the_checkpoint_knows_is_an_error()
    {
        Write([new(1, 2, 3, 0.5, 0.25, 100, 4, 5, 6, 0.5, 7)]);

        Assert.Throws<OutputException>(() => MetricsFile.Open(File, 2));
        Assert.Equal(2, Lines().Length);
    }

    private void Write(MetricsRow[] rows)
    {
        using MetricsFile metrics = MetricsFile.Open(File, 0);
        Array.ForEach(rows, metrics.Add);
    }

    private string[] Lines()
    {
        using var reader = new StreamReader(
            new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
