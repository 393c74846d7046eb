using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Nudge.Store;

/// <summary>What a store keeps of one run.</summary>
/// <param name="Run">The name of the run in the store.</param>
/// <param name="Slices">How many slices have saved themselves or begun to.</param>
/// <param name="Coordinators">How many coordinators have directed it: one, and one more for each resume.</param>
/// <param name="Written">When a slice or a coordinator wrote last, by the clock of its node.</param>
/// <param name="RowBytes">Bytes of its rows in the database.</param>
/// <param name="FileBytes">Bytes of its files; null where they are not known, since the store was opened without its place for files.</param>
public sealed record StoredRun(string Run, int Slices, int Coordinators, DateTimeOffset Written, long RowBytes, long? FileBytes);

/// <summary>The runs that a store keeps, seen and deleted from outside, while nodes use the store or while none does.</summary>
/// <param name="settings">The store, with its place for files if it has one.</param>
public sealed class StoredRuns(StoreSettings settings)
{
    private const char Divider = '/';

    // The code of an error in a statement, which the statement here has only where its table is missing.
    private const int SqliteError = 1;
    private readonly StoreSettings _settings = settings ?? throw new ArgumentNullException(nameof(settings));

    /// <summary>All runs of the store, the one that wrote last first.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreException">The store is not there, cannot be read, or is none.</exception>
    public Task<IReadOnlyList<StoredRun>> ListAsync(CancellationToken cancellation = default) => RunAsync(ListAsync, cancellation);

    /// <summary>Deletes all that the store keeps of a run; one that is not there is deleted already.</summary>
    /// <param name="run">Its name, as <see cref="StoredRun.Run"/> has it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreException">It could not be deleted, or its files are in a place that is not known here; then it is still listed.</exception>
    public Task DeleteAsync(string run, CancellationToken cancellation = default) => RunAsync(
        async (connection, stop) =>
        {
            ArgumentException.ThrowIfNullOrEmpty(run);
            if (_settings.Files is null && (await ListAsync(connection, stop).ConfigureAwait(false)).Any(one => one.Run == run && one.FileBytes is null))
                throw new StoreException($"{_settings}: the weights of run {run} are in files; expected the place that its nodes had for them (--store-files)");
            // Files first: rows that are left name the run still, so that it can be deleted again.
            await OnFilesAsync(files => { files.Delete(run); return true; }, stop).ConfigureAwait(false);
            return await DeleteRowsAsync(connection, run, stop).ConfigureAwait(false);
        },
        cancellation);

    private async Task<IReadOnlyList<StoredRun>> ListAsync(DbConnection connection, CancellationToken cancellation)
    {
        var journals = new List<JournalSummary>();
        DbCommand command = connection.CreateCommand();
        await using ConfiguredAsyncDisposable open = command.ConfigureAwait(false);
        command.CommandText = $"""
            SELECT persistence_id, MAX(created), SUM({(_settings.Kind == StoreKind.Sqlite ? "length" : "octet_length")}(message)),
                SUM(CASE WHEN manifest = '{StoreEvents.Chunk}' THEN 1 ELSE 0 END),
                SUM(CASE WHEN manifest = '{StoreEvents.Complete}' THEN 1 ELSE 0 END),
                SUM(CASE WHEN manifest = '{StoreEvents.Allotted}' THEN 1 ELSE 0 END)
            FROM {StoreSchema.Table} GROUP BY persistence_id
            """;
        DbDataReader reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable read = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            journals.Add(new(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5)));
        }

        ILookup<string, JournalSummary> runs = journals.Where(one => one.Id.Contains(Divider, StringComparison.Ordinal))
            .ToLookup(one => one.Id[..one.Id.IndexOf(Divider, StringComparison.Ordinal)], StringComparer.Ordinal);
        Dictionary<string, long>? fileBytes = await OnFilesAsync(
            files => runs.ToDictionary(run => run.Key, run => files.BytesBelow(run.Key), StringComparer.Ordinal), cancellation).ConfigureAwait(false);
        return
        [
            .. runs.Select(run => RunOf(run.Key, [.. run], fileBytes?[run.Key]))
                .OrderByDescending(one => one.Written).ThenBy(one => one.Run, StringComparer.Ordinal),
        ];
    }

    private static StoredRun RunOf(string run, JournalSummary[] journals, long? fileBytes)
    {
        JournalSummary? coordinators = journals.FirstOrDefault(one => one.Id == SliceJournal.IdOf(run, -1));
        return new(
            run,
            journals.Length - (coordinators is null ? 0 : 1),
            (int)(coordinators?.Allotted ?? 0),
            new(new DateTime(journals.Max(one => one.Written), DateTimeKind.Utc)),
            journals.Sum(one => one.Bytes),
            fileBytes ?? (journals.Any(one => one.IsInFiles) ? null : 0));
    }

    private static async Task<int> DeleteRowsAsync(DbConnection connection, string run, CancellationToken cancellation)
    {
        DbCommand command = connection.CreateCommand();
        await using ConfiguredAsyncDisposable open = command.ConfigureAwait(false);
        // LIKE has wildcards, and differs between the databases in whether case matters.
        command.CommandText = $"DELETE FROM {StoreSchema.Table} WHERE substr(persistence_id, 1, @length) = @run";
        string beginning = run + Divider;
        Add("length", beginning.Length);
        Add("run", beginning);
        return await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);

        void Add(string name, object value)
        {
            DbParameter parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }

    private async Task<T> RunAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        if (_settings.Kind == StoreKind.Sqlite && !File.Exists(new SqliteConnectionStringBuilder(_settings.ConnectionString).DataSource))
            throw new StoreException($"{_settings}: there is no such file");
        try
        {
            DbConnection connection = SliceStore.Connection(_settings);
            await using ConfiguredAsyncDisposable open = connection.ConfigureAwait(false);
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            return await work(connection, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{_settings}: {Describe(error)}", error);
        }
    }

    private static string Describe(Exception error) => error switch
    {
        SqliteException { SqliteErrorCode: SqliteError } or PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } => "no store of Nudge is there",
        DbException database => SliceStore.Describe(database),
        _ => error.Message,
    };

    // Files block, and servers answer late.
    private Task<T?> OnFilesAsync<T>(Func<ISnapshotFiles, T> work, CancellationToken cancellation) => _settings.Files is not { } place
        ? Task.FromResult(default(T))
        : Task.Run<T?>(
            () =>
            {
                ISnapshotFiles files = FilesLocation.Open(place);
                using (files as IDisposable)
                    return work(files);
            },
            cancellation);

    /// <summary>The rows of one journal.</summary>
    private sealed record JournalSummary(string Id, long Written, long Bytes, long Parts, long Snapshots, long Allotted)
    {
        /// <summary>Whether its snapshots are files: a snapshot of rows has parts beside it, which are deleted only with it.</summary>
        internal bool IsInFiles => Snapshots > 0 && Parts == 0;
    }
}
