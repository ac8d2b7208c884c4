using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Site;

/// <summary>
/// Keeps secrets of other services that have to be used again, such as stream keys: sealed in the database by
/// <see cref="SecretBox"/> under keys derived from the site's own. Thread-safe.
/// </summary>
public sealed class SiteSecrets(IServiceScopeFactory scopes)
{
    private const string Purpose = "secrets of other services";

    private volatile SecretBox? _box;

    /// <param name="context">Where it belongs: it opens in no other place.</param>
    public async ValueTask<byte[]> SealAsync(string secret, string context, CancellationToken cancellationToken) =>
        (await BoxAsync(cancellationToken)).Seal(secret, context);

    /// <returns>Null when it was sealed with a key this site no longer has, for another context, or was changed.</returns>
    public async ValueTask<string?> OpenAsync(byte[] sealedSecret, string context, CancellationToken cancellationToken) =>
        (await BoxAsync(cancellationToken)).Open(sealedSecret, context);

    // Two at once load the same.
    private async ValueTask<SecretBox> BoxAsync(CancellationToken cancellationToken) => _box ??= await LoadAsync(cancellationToken);

    private async Task<SecretBox> LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var keys = await scope.ServiceProvider.GetRequiredService<KinopressDbContext>().SiteKeys.AsNoTracking().OrderByDescending(key => key.CreatedAt).ToListAsync(cancellationToken);
        return new SecretBox([.. keys.Select(key => new SecretBoxKey(
            [.. Base64Url.DecodeFromChars(key.KeyId).AsSpan(0, SecretBox.KeyNameSize)],
            HKDF.DeriveKey(HashAlgorithmName.SHA256, key.PrivateKey, SecretBox.KeySize, info: Encoding.UTF8.GetBytes(Purpose))))]);
    }
}
