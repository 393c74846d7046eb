using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nudge.Security;

/// <summary>Certificates and keys on the disk. A file with a key is written for its owner's eyes only.</summary>
public static class CertificateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The file that holds the key of a certificate: the same one, or the one beside it.</summary>
    public static string KeyFileOf(string certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return IsPfx(certificate) || HoldsKey(certificate) ? certificate : Path.ChangeExtension(certificate, ".key");
    }

    /// <summary>Whether others than its owner may read a file.</summary>
    public static bool IsOpenToOthers(string file) =>
        !OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & Others) != 0;

    /// <summary>Writes a certificate and its key: one file for .pfx, else two in PEM.</summary>
    /// <exception cref="TlsException">A file is there already, or cannot be written.</exception>
    public static void Write(X509Certificate2 certificate, string file, string? password)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(file);
        if (IsPfx(file))
        {
            Create(file, certificate.Export(X509ContentType.Pfx, password), secret: true);
            return;
        }

        string key = Path.ChangeExtension(file, ".key");
        if (key == file)
            throw new TlsException($"{file}: expected a name that ends in .pem, .crt or .pfx; the key goes beside it as .key");
        using ECDsa secret = certificate.GetECDsaPrivateKey() ?? throw new TlsException("the certificate has no key");
        Create(key, System.Text.Encoding.ASCII.GetBytes(Pem(secret, password)), secret: true);
        Create(file, System.Text.Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"), secret: false);
    }

    /// <summary>Reads a certificate with its key.</summary>
    /// <exception cref="TlsException">It cannot be read.</exception>
    internal static X509Certificate2 Read(string file, string? password)
    {
        try
        {
            if (IsPfx(file))
                return X509CertificateLoader.LoadPkcs12FromFile(file, password);
            string key = KeyFileOf(file);
            using X509Certificate2 pem = string.IsNullOrEmpty(password) || !IsEncrypted(key)
                ? X509Certificate2.CreateFromPemFile(file, key)
                : X509Certificate2.CreateFromEncryptedPemFile(file, password, key);
            // A key that came from PEM is not usable by every platform's TLS; once through PKCS #12 it is.
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), null);
        }
        catch (Exception error) when (IsRefusal(error))
        {
            throw Unreadable(file, error, $"; a password is taken from {TlsSettings.PasswordVariable}");
        }
    }

    /// <summary>Reads the certificates of an authority.</summary>
    /// <exception cref="TlsException">They cannot be read.</exception>
    internal static X509Certificate2Collection ReadAuthority(string file)
    {
        var authority = new X509Certificate2Collection();
        try
        {
            authority.ImportFromPemFile(file);
        }
        catch (Exception error) when (IsRefusal(error))
        {
            throw Unreadable(file, error, "");
        }

        return authority.Count > 0 ? authority : throw new TlsException($"{file}: holds no certificate in PEM");
    }

    private static bool IsPfx(string file) => Path.GetExtension(file).ToUpperInvariant() is ".PFX" or ".P12";

    private static bool HoldsKey(string file) =>
        File.Exists(file) && File.ReadAllText(file).Contains("PRIVATE KEY-----", StringComparison.Ordinal);

    private static bool IsEncrypted(string file) =>
        File.Exists(file) && File.ReadAllText(file).Contains("ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);

    private static string Pem(ECDsa key, string? password) => string.IsNullOrEmpty(password)
        ? key.ExportPkcs8PrivateKeyPem() + "\n"
        : key.ExportEncryptedPkcs8PrivateKeyPem(
            password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000)) + "\n";

    private static void Create(string file, byte[] bytes, bool secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        try
        {
            using var stream = new FileStream(file, options);
            stream.Write(bytes);
        }
        catch (Exception error) when (IsRefusal(error))
        {
            throw new TlsException($"{file}: cannot be written: {error.Message}", error);
        }
    }

    private static bool IsRefusal(Exception error) =>
        error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    private static TlsException Unreadable(string file, Exception error, string hint) =>
        new($"{file}: cannot be read: {error.Message.TrimEnd('.')}{hint}", error);
}
