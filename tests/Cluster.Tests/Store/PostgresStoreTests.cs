using Nudge.Store;
using Xunit.Abstractions;

namespace Nudge.Cluster.Tests.Store;

/// <summary>Tests on one server run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>
{
    internal const string Name = "PostgreSQL";
}

[Collection(PostgresTests.Name)]
public sealed class PostgresStoreTests(PostgresServer server) : SliceStoreContract
{
    internal override async Task<StoreSettings> NewStoreAsync() => Stores.Parse(await server.NewStoreAsync());
}

[Collection(PostgresTests.Name)]
public sealed class PostgresFencedLivesTests(PostgresServer server) : FencedLivesContract
{
    internal override async Task<StoreSettings> NewStoreAsync() => Stores.Parse(await server.NewStoreAsync());
}

[Collection(PostgresTests.Name)]
public sealed class PostgresKilledSaverTests(PostgresServer server, ITestOutputHelper output)
    : KilledSaverContract(output)
{
    private string _words = "";

    internal override string Words => _words;

    internal override async Task<StoreSettings> NewStoreAsync() =>
        Stores.Parse(_words = await server.NewStoreAsync());
}
