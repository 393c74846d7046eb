using Nudge.Store;

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
