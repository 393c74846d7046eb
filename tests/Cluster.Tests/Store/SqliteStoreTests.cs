using Nudge.Store;
using Nudge.Testing;
using Xunit.Abstractions;

namespace Nudge.Cluster.Tests.Store;

public sealed class SqliteStoreTests : SliceStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    internal override Task<StoreSettings> NewStoreAsync() =>
        Task.FromResult(Stores.Parse($"sqlite:{_directory.File("s.db")}"));
}

public sealed class SqliteFencedLivesTests : FencedLivesContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    internal override Task<StoreSettings> NewStoreAsync() =>
        Task.FromResult(Stores.Parse($"sqlite:{_directory.File("s.db")}"));
}

public sealed class SqliteKilledFileSaverTests(ITestOutputHelper output) : KilledSaverContract(output), IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    internal override string Words => Stores.WithFiles($"sqlite:{_directory.File("s.db")}", _directory.File("files"));

    public void Dispose() => _directory.Dispose();

    internal override Task<StoreSettings> NewStoreAsync() => Task.FromResult(Stores.Parse(Words));
}

public sealed class SqliteKilledSaverTests(ITestOutputHelper output) : KilledSaverContract(output), IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    internal override string Words => $"sqlite:{_directory.File("s.db")}";

    public void Dispose() => _directory.Dispose();

    internal override Task<StoreSettings> NewStoreAsync() => Task.FromResult(Stores.Parse(Words));
}
