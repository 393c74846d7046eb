using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Nudge.Store;
using Nudge.Wire;

namespace Nudge.Cluster.Tests.Store;

/// <summary>A store's rows, behind the back of Akka.</summary>
internal sealed class JournalRows(StoreSettings store, string id = "run/3")
{
    private static readonly Codec Codec = new(ValueFormat.Exact);

    /// <summary>Writes an event behind the last one.</summary>
    internal async Task AppendAsync(object stored) => await WriteAsync(await NewestAsync() + 1, stored);

    internal Task WriteAsync(long place, object stored) => RunAsync(
        $"""
        INSERT INTO {StoreSchema.Table}
            (deleted, persistence_id, sequence_number, created, tags, message, identifier, manifest, writer_uuid)
        VALUES (@deleted, '{id}', {place}, 0, '', @message, {WireSerializer.Number}, '{Codec.ManifestOf(stored)}', '')
        """,
        ("deleted", false),
        ("message", Codec.Write(stored)));

    internal async Task AppendAsync(StateParts parts)
    {
        IStoreEvent next;
        do
        {
            next = parts.Next();
            await AppendAsync(next);
        }
        while (next is not StateComplete);
    }

    /// <summary>Replaces the bytes of the newest row of a kind.</summary>
    internal async Task ChangeAsync(string manifest, Func<byte[], byte[]> change)
    {
        long place = await PlaceOfAsync(manifest);
        string row = $"persistence_id = '{id}' AND sequence_number = {place}";
        var bytes = (byte[])(await RunAsync($"SELECT message FROM {StoreSchema.Table} WHERE {row}"))!;
        await RunAsync($"UPDATE {StoreSchema.Table} SET message = @message WHERE {row}", ("message", change(bytes)));
    }

    /// <summary>Deletes the newest row of a kind.</summary>
    internal async Task DeleteAsync(string manifest)
    {
        long place = await PlaceOfAsync(manifest);
        await RunAsync($"DELETE FROM {StoreSchema.Table} WHERE persistence_id = '{id}' AND sequence_number = {place}");
    }

    /// <summary>Waits for a deletion, which an incarnation does not wait for.</summary>
    internal async Task UntilGoneAsync(long place)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await CountAsync($"sequence_number = {place}") > 0)
            await Task.Delay(20, limit.Token);
    }

    internal Task<long> NewestAsync() => NumberAsync("coalesce(max(sequence_number), 0)", "1 = 1");

    internal Task<long> CountAsync(string condition = "1 = 1") => NumberAsync("count(*)", condition);

    /// <summary>Holds up all writing, but no reading, until it is disposed of.</summary>
    internal async Task<DbConnection> LockAsync()
    {
        DbConnection connection = await OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = store.Kind == StoreKind.Sqlite
            ? "BEGIN IMMEDIATE"
            : $"BEGIN; LOCK TABLE {StoreSchema.Table} IN EXCLUSIVE MODE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Takes the table away: what a server that restarts does to those that write, without its waiting.</summary>
    internal Task BreakAsync() => RunAsync($"ALTER TABLE {StoreSchema.Table} RENAME TO {StoreSchema.Table}_away");

    /// <summary>Brings it back.</summary>
    internal Task MendAsync() => RunAsync($"ALTER TABLE {StoreSchema.Table}_away RENAME TO {StoreSchema.Table}");

    internal async Task<object?> RunAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using DbConnection connection = await OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteScalarAsync();
    }

    private async Task<DbConnection> OpenAsync()
    {
        // Not pooled: what is disposed of is closed, its transaction with it.
        DbConnection connection = store.Kind == StoreKind.Sqlite
            ? new SqliteConnection(store.ConnectionString + ";Pooling=False")
            : new NpgsqlConnection(store.ConnectionString + ";Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private async Task<long> PlaceOfAsync(string manifest)
    {
        long place = await NumberAsync("coalesce(max(sequence_number), 0)", $"manifest = '{manifest}'");
        Assert.NotEqual(0, place);
        return place;
    }

    private async Task<long> NumberAsync(string what, string condition) => Convert.ToInt64(
        await RunAsync($"SELECT {what} FROM {StoreSchema.Table} WHERE persistence_id = '{id}' AND {condition}"),
        CultureInfo.InvariantCulture);
}
