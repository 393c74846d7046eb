using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nudge.Security;

/// <summary>Signs the certificates of nodes: enough for tests and for one's own machines.</summary>
public sealed class CertificateAuthority : IDisposable
{
    /// <summary>The file of the authority's certificate in its folder: what every node is given.</summary>
    public const string FileName = "authority.pem";

    private readonly X509Certificate2 _certificate;

    private CertificateAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>Makes a new authority.</summary>
    public static CertificateAuthority Create(DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = RequestFor("CN=Nudge authority", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return new(request.CreateSelfSigned(from, to));
    }

    /// <summary>Reads an authority from its folder.</summary>
    /// <exception cref="TlsException">It is not there.</exception>
    public static CertificateAuthority Load(string folder, string? password) =>
        new(CertificateFiles.Read(Path.Combine(folder, FileName), password));

    /// <summary>Writes the authority into a folder: its certificate, and its key, for its owner only.</summary>
    /// <exception cref="TlsException">There is one already.</exception>
    public void Save(string folder, string? password)
    {
        Directory.CreateDirectory(folder);
        CertificateFiles.Write(_certificate, Path.Combine(folder, FileName), password);
    }

    /// <summary>Signs a certificate for a node or a coordinator.</summary>
    /// <param name="hosts">Its names and addresses; none for a certificate that stands for any host.</param>
    /// <param name="from">When it begins to be valid.</param>
    /// <param name="to">When it ends, at the latest with the authority.</param>
    /// <param name="kind">What its owner may do.</param>
    public X509Certificate2 Sign(
        IReadOnlyList<string> hosts, DateTimeOffset from, DateTimeOffset to, CertificateKind kind = CertificateKind.Node)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = RequestFor(
            kind == CertificateKind.Coordinator ? "CN=Nudge coordinator" : "CN=Nudge node", key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(UsesOf(kind, anyHost: hosts.Count == 0));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        if (hosts.Count > 0)
            request.CertificateExtensions.Add(NamesOf(hosts));
        DateTimeOffset end = to < _certificate.NotAfter ? to : _certificate.NotAfter;
        using X509Certificate2 signed = request.Create(_certificate, from, end, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    private static CertificateRequest RequestFor(string subject, ECDsa key)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private static X509EnhancedKeyUsageExtension UsesOf(CertificateKind kind, bool anyHost)
    {
        OidCollection uses = [new(CertificateUses.Server), new(CertificateUses.Client)];
        if (kind == CertificateKind.Coordinator)
            uses.Add(new(CertificateUses.Coordinator));
        if (anyHost)
            uses.Add(new(CertificateUses.AnyHost));
        return new(uses, false);
    }

    private static X509Extension NamesOf(IReadOnlyList<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (string host in hosts)
        {
            if (IPAddress.TryParse(host, out IPAddress? address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        return names.Build();
    }
}
