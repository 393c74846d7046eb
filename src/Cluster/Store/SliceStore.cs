using System.Data.Common;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Nudge.Store;

/// <summary>Opens a store before anything depends on it.</summary>
public static class SliceStore
{
    private const int SqliteCannotOpen = 14;

    /// <summary>Creates what the store lacks and makes sure that it can be written.</summary>
    /// <param name="settings">The store.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static async Task OpenAsync(StoreSettings settings, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            if (settings.Kind == StoreKind.Sqlite)
                await OpenSqliteAsync(settings, cancellation).ConfigureAwait(false);
            else
                await OpenPostgresAsync(settings, cancellation).ConfigureAwait(false);
        }
        catch (DbException error)
        {
            throw new StoreException($"{settings}: the store cannot be opened: {Describe(error)}", error);
        }

        // Not before: a folder beside a file that cannot be made would be left behind.
        if (settings.Files is { } files)
            await Task.Run(() => FilesLocation.Try(files), cancellation).ConfigureAwait(false);
    }

    /// <summary>A connection, not open yet.</summary>
    internal static DbConnection Connection(StoreSettings settings) => settings.Kind == StoreKind.Sqlite
        ? new SqliteConnection(settings.ConnectionString)
        : new NpgsqlConnection(settings.ConnectionString);

    private static async Task OpenSqliteAsync(StoreSettings settings, CancellationToken cancellation)
    {
        DbConnection connection = Connection(settings);
        await using ConfiguredAsyncDisposable open = connection.ConfigureAwait(false);
        await connection.OpenAsync(cancellation).ConfigureAwait(false);
        // Kept by the file. Readers and the one writer do not wait for each other, and a kill loses no finished write.
        object? mode = await RunAsync(connection, null, "PRAGMA journal_mode = WAL", cancellation)
            .ConfigureAwait(false);
        if (mode is not "wal")
            throw new StoreException($"{settings}: the store cannot be opened: the folder does not allow SQLite's WAL");
        await MakeAsync(connection, StoreSchema.Sqlite, cancellation).ConfigureAwait(false);
    }

    private static async Task OpenPostgresAsync(StoreSettings settings, CancellationToken cancellation)
    {
        DbConnection connection = Connection(settings);
        await using ConfiguredAsyncDisposable open = connection.ConfigureAwait(false);
        await connection.OpenAsync(cancellation).ConfigureAwait(false);
        // Nodes start together, and "if not exists" is not safe against itself there.
        string locked = $"SELECT pg_advisory_xact_lock(hashtext('{StoreSchema.Table}'));\n{StoreSchema.Postgres}";
        await MakeAsync(connection, locked, cancellation).ConfigureAwait(false);
    }

    private static async Task MakeAsync(DbConnection connection, string schema, CancellationToken cancellation)
    {
        DbTransaction transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable open = transaction.ConfigureAwait(false);
        await RunAsync(connection, transaction, schema, cancellation).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }

    private static async Task<object?> RunAsync(
        DbConnection connection, DbTransaction? transaction, string sql, CancellationToken cancellation)
    {
        DbCommand command = connection.CreateCommand();
        await using ConfiguredAsyncDisposable open = command.ConfigureAwait(false);
        command.Transaction = transaction;
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
    }

    // The driver's own message says what it was doing, and what failed is within it.
    internal static string Describe(DbException error) => error switch
    {
        SqliteException { SqliteErrorCode: SqliteCannotOpen } =>
            "the file cannot be read or made; does its folder exist, and may it be written?",
        { InnerException: TimeoutException } => "the server does not answer; is it a PostgreSQL, and is it up?",
        { InnerException: SocketException or IOException } =>
            $"{error.Message}: {error.GetBaseException().Message}; is the server up?",
        _ => error.Message,
    };
}
