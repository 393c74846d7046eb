using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Nudge.Security;

namespace Nudge.Commands;

/// <summary><c>nudge cert</c>: makes the certificates by which nodes know each other.</summary>
internal static class CertificateCommand
{
    private const int AuthorityDays = 3650;
    private const int NodeDays = 825;

    internal static Command Create() => new(
        "cert",
        "Make the certificates by which the nodes of a cluster know each other, where there is no authority of one's own.\n\n"
        + "  nudge cert authority --out ca                        once; ca/authority.key signs and stays with you\n"
        + "  nudge cert node --authority ca --host node1 --out node1.pem\n"
        + "  nudge cert coordinator --authority ca --host desk --out desk.pem\n"
        + "  nudge node --host node1 --port 4053 --tls-certificate node1.pem --tls-authority ca/authority.pem\n\n"
        + "Each machine gets its own node1.pem and node1.key, and ca/authority.pem; no machine gets ca/authority.key.\n"
        + "A process takes part under the names of its certificate, and nodes obey only orders that the key of a\n"
        + "coordinator's certificate has signed, so nudge run and nudge sweep need one. To shut out one\n"
        + $"that leaked, make a new authority. {TlsSettings.PasswordVariable} encrypts the keys; then it is\n"
        + "needed wherever they are used.")
    {
        Authority(),
        Signed("node", CertificateKind.Node, "Make a certificate for a node."),
        Signed("coordinator", CertificateKind.Coordinator, "Make a certificate for who gives orders: nudge run and nudge sweep."),
    };

    private static string? Password => Environment.GetEnvironmentVariable(TlsSettings.PasswordVariable);

    private static Command Authority()
    {
        var output = new Option<string>("--out") { Description = "Folder to put authority.pem and authority.key in.", Required = true };
        Option<int> days = Days(AuthorityDays);
        var command = new Command("authority", "Make an authority that signs certificates of nodes.") { output, days };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(output);
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            using CertificateAuthority authority = CertificateAuthority.Create(From(now), now.AddDays(parsed.GetValue(days)));
            authority.Save(folder, Password);
            Console.Out.WriteLine($"{Path.Combine(folder, CertificateAuthority.FileName)} is for every node; the .key beside it "
                + "signs certificates and is for you alone");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Signed(string name, CertificateKind kind, string description)
    {
        var folder = new Option<string>("--authority") { Description = "Folder of the authority.", Required = true };
        var hosts = new Option<string[]>("--host")
        {
            Description = "Name or address by which others find it; may be repeated, and *.example.org stands for many.",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        var anyHost = new Option<bool>("--any-host")
        {
            Description = "In place of --host: it stands for any name, where several share it and names are not known before.",
        };
        var output = new Option<string>("--out")
        {
            Description = "File to write: .pfx with the key in it, or .pem with the key beside it as .key.",
            Required = true,
        };
        Option<int> days = Days(NodeDays);
        var command = new Command(name, description) { folder, hosts, anyHost, output, days };
        command.AddCheck(result =>
        {
            // What is no number is reported as that.
            if (result.GetResult(days) is { } given && !Number.IsOne(given))
                return;
            if (result.GetValue(anyHost) == (result.GetValue(hosts) is { Length: > 0 }))
                result.AddError("expected --host NAME, or --any-host");
        });
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(output);
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            using CertificateAuthority authority = CertificateAuthority.Load(parsed.GetRequiredValue(folder), Password);
            using X509Certificate2 certificate = authority.Sign(
                parsed.GetValue(hosts) ?? [], From(now), now.AddDays(parsed.GetValue(days)), kind);
            CertificateFiles.Write(certificate, file, Password);
            Console.Out.WriteLine($"{file}: valid for {parsed.GetValue(days)} days");
            return ExitCode.Done;
        });
        return command;
    }

    // Clocks of machines differ a little.
    private static DateTimeOffset From(DateTimeOffset now) => now.AddMinutes(-5);

    private static Option<int> Days(int fallback) => new("--days")
    {
        Description = "How long it is valid.",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => Number.Of(result, "--days", 1, AuthorityDays),
    };
}
