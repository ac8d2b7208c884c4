using System.Security.Cryptography;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kinopress.Core.Features.Site;

/// <summary>
/// A key pair the site signs with (ES256, RFC 7518 §3.4). Made at the first start; replaced by adding a younger one,
/// while the older stays readable for whoever still holds its signatures.
/// </summary>
public sealed class SiteKey
{
    private SiteKey()
    {
    }

    /// <summary>The <c>kid</c> of RFC 7517 §4.5: the SHA-256 of the public key, in base64url.</summary>
    public string KeyId { get; private set; } = "";

    /// <summary>SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).</summary>
    public byte[] PublicKey { get; private set; } = [];

    /// <summary>PKCS #8. As secret as the password hashes beside it: it never leaves the database but in a backup.</summary>
    public byte[] PrivateKey { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public static SiteKey Create(DateTimeOffset now)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = pair.ExportSubjectPublicKeyInfo();
        return new SiteKey
        {
            KeyId = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(publicKey)),
            PublicKey = publicKey,
            PrivateKey = pair.ExportPkcs8PrivateKey(),
            CreatedAt = now,
        };
    }
}

/// <summary>A one-time way in for the person who started the server: whoever holds it may set the site up.</summary>
public sealed class SetupLink
{
    public const string Prefix = "setup_";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private SetupLink()
    {
    }

    /// <summary>SHA-256 of the token in the link.</summary>
    public byte[] Hash { get; private set; } = [];

    public DateTimeOffset ExpiresAt { get; private set; }

    public static (SetupLink Link, string Token) Create(DateTimeOffset now)
    {
        var token = SecretToken.New(Prefix);
        return (new SetupLink { Hash = SecretToken.Hash(token), ExpiresAt = now + Lifetime }, token);
    }

    public bool Opens(string token, DateTimeOffset now) => ExpiresAt > now && SecretToken.Matches(token, Hash);
}

internal sealed class SiteKeyModel : IEntityTypeConfiguration<SiteKey>
{
    public void Configure(EntityTypeBuilder<SiteKey> builder)
    {
        builder.ToTable("site_keys");
        builder.HasKey(key => key.KeyId);
        builder.Property(key => key.KeyId).HasMaxLength(64);
    }
}

internal sealed class SetupLinkModel : IEntityTypeConfiguration<SetupLink>
{
    public void Configure(EntityTypeBuilder<SetupLink> builder)
    {
        builder.ToTable("setup_links");
        builder.HasKey(link => link.Hash);
    }
}
