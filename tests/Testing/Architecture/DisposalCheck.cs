using System.Reflection;
using Xunit;

namespace Nudge.Testing;

/// <summary>
/// xUnit 2 calls IDisposable and IAsyncLifetime of a test class, and never IAsyncDisposable: what such a class starts would
/// run on beside all later tests.
/// </summary>
public static class DisposalCheck
{
    public static void Hold(Assembly tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        string[] never =
        [
            .. tests.GetTypes()
                .Where(HasTests)
                .Where(type => type.IsAssignableTo(typeof(IAsyncDisposable)))
                .Where(type => !type.IsAssignableTo(typeof(IAsyncLifetime)) && !type.IsAssignableTo(typeof(IDisposable)))
                .Select(type => $"{type.FullName} is never disposed of: expected IAsyncLifetime or IDisposable"),
        ];
        Assert.True(never.Length == 0, string.Join('\n', never));
    }

    private static bool HasTests(Type type) => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute)));
}
