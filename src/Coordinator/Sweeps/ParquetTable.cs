using Parquet;
using Parquet.Schema;

namespace Nudge.Sweeps;

/// <summary>Writes a sweep's table as Apache Parquet: numbers as doubles, seeds as integers, and texts; empty cells as null.</summary>
internal static class ParquetTable
{
    internal static async Task<byte[]> BytesAsync(SweepTable table)
    {
        DataField[] fields =
        [
            .. table.Columns.Select(column => column switch
            {
                { Numbers: not null } => new DataField<double?>(column.Name),
                { Wholes: not null } => new DataField<long>(column.Name),
                _ => (DataField)new DataField<string>(column.Name),
            }),
        ];
        using var stream = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int i = 0; i < fields.Length; i++)
            {
                if (table.Columns[i].Numbers is { } numbers)
                    await group.WriteAsync<double>(fields[i], numbers.AsMemory());
                else if (table.Columns[i].Wholes is { } wholes)
                    await group.WriteAsync<long>(fields[i], wholes.AsMemory());
                else
                    await group.WriteAsync(fields[i], Known(table.Columns[i].Texts!));
            }

            group.CompleteValidate();
        }

        return stream.ToArray();
    }

    private static string?[] Known(string[] texts) => [.. texts.Select(text => text.Length > 0 ? text : null)];
}
