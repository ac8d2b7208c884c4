using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kinopress.Server.Ingest;

/// <summary>The certificate of the web server, for encoders that speak RTMPS.</summary>
internal sealed class IngestCertificate(IConfiguration configuration)
{
    /// <summary>Null when none is configured.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public X509Certificate2? Find()
    {
        var section = configuration.GetSection("Kestrel:Certificates:Default");
        if (section["Path"] is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            return section["KeyPath"] is { Length: > 0 } keyPath
                ? X509Certificate2.CreateFromPemFile(path, keyPath)
                : X509CertificateLoader.LoadPkcs12FromFile(path, section["Password"]);
        }
        catch (CryptographicException exception)
        {
            throw new IOException($"The certificate {path} cannot be used.", exception);
        }
    }
}
