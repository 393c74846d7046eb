using Parquet;
using Parquet.Schema;

namespace Nudge.Sweeps;

/// <summary>Writes a sweep's table as Apache Parquet: numbers as doubles, where not known as null, and texts.</summary>
internal static class ParquetTable
{
    internal static async Task<byte[]> BytesAsync(SweepTable table)
    {
        DataField[] fields =
        [
            .. table.Columns.Select(column => column.Numbers is null
                ? (DataField)new DataField<string>(column.Name)
                : new DataField<double?>(column.Name)),
        ];
        using var stream = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int i = 0; i < fields.Length; i++)
            {
                if (table.Columns[i].Numbers is { } numbers)
                    await group.WriteAsync<double>(fields[i], numbers.AsMemory());
                else
                    await group.WriteAsync(fields[i], table.Columns[i].Texts!);
            }

            group.CompleteValidate();
        }

        return stream.ToArray();
    }
}
