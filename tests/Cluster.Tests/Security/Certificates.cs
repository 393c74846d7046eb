using System.Security.Cryptography.X509Certificates;
using Nudge.Security;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Security;

/// <summary>An authority and certificates of nodes in a folder of their own.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly TemporaryDirectory _folder = new();
    private readonly CertificateAuthority _authority = CertificateAuthority.Create(Now.AddDays(-30), Now.AddDays(30));
    private int _count;

    internal Certificates() => _authority.Save(_folder.Path, null);

    internal string Authority => In(CertificateAuthority.FileName);

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    internal string In(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Settings with a certificate of this authority that trust this authority, or another one.</summary>
    internal TlsSettings Node(string ending = ".pem", string? password = null, int endsInDays = 1, string? trusts = null)
        => Settings(CertificateKind.Node, ending, password, endsInDays, trusts);

    /// <summary>The same for one who gives orders.</summary>
    internal TlsSettings Coordinator(params string[] hosts) => Settings(CertificateKind.Coordinator, ".pem", null, 1, null, hosts);

    /// <summary>The same for a node of other names.</summary>
    internal TlsSettings NodeOf(params string[] hosts) => Settings(CertificateKind.Node, ".pem", null, 1, null, hosts);

    private TlsSettings Settings(
        CertificateKind kind, string ending, string? password, int endsInDays, string? trusts, params string[] hosts)
    {
        string file = In($"node-{++_count}{ending}");
        using X509Certificate2 certificate = Certificate(endsInDays, kind, hosts);
        CertificateFiles.Write(certificate, file, password);
        return new() { Certificate = file, Authority = trusts ?? Authority, Password = password };
    }

    internal X509Certificate2 AnyHost() => _authority.Sign([], Now.AddDays(-10), Now.AddDays(1));

    internal X509Certificate2 Certificate(
        int endsInDays = 1, CertificateKind kind = CertificateKind.Node, params string[] hosts) => _authority.Sign(
            hosts.Length > 0 ? hosts : ["localhost", "127.0.0.1"], Now.AddDays(-10), Now.AddDays(endsInDays), kind);
}
