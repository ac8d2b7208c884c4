using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Kinopress.Core.Foundation;

/// <summary>
/// Encrypts short secrets so that they can be read again and cannot be changed or moved (AES-256-GCM, NIST SP 800-38D). Each
/// has a nonce of its own and names the key it was sealed with, so that keys may be replaced. Thread-safe.
/// </summary>
/// <param name="keys">The first seals; all open.</param>
internal sealed class SecretBox(ImmutableArray<SecretBoxKey> keys)
{
    public const int KeySize = 32;
    public const int KeyNameSize = 8;

    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HeaderSize = 1 + KeyNameSize + NonceSize + TagSize;

    /// <param name="context">Where the secret belongs; it opens in no other place.</param>
    public byte[] Seal(string secret, string context)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[HeaderSize + plain.Length];
        box[0] = Version;
        keys[0].Name.CopyTo(box, 1);
        var nonce = box.AsSpan(1 + KeyNameSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(keys[0].Key, TagSize);
        cipher.Encrypt(nonce, plain, box.AsSpan(HeaderSize), box.AsSpan(1 + KeyNameSize + NonceSize, TagSize), Encoding.UTF8.GetBytes(context));
        return box;
    }

    /// <returns>Null when the key is not here, the context is another, or anything was changed.</returns>
    public string? Open(ReadOnlySpan<byte> box, string context)
    {
        if (box.Length < HeaderSize || box[0] != Version)
        {
            return null;
        }

        foreach (var key in keys)
        {
            if (!box.Slice(1, KeyNameSize).SequenceEqual(key.Name.AsSpan()))
            {
                continue;
            }

            try
            {
                var plain = new byte[box.Length - HeaderSize];
                using var cipher = new AesGcm(key.Key, TagSize);
                cipher.Decrypt(box.Slice(1 + KeyNameSize, NonceSize), box[HeaderSize..], box.Slice(1 + KeyNameSize + NonceSize, TagSize), plain, Encoding.UTF8.GetBytes(context));
                return Encoding.UTF8.GetString(plain);
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }
        }

        return null;
    }
}

/// <summary>A key of a <see cref="SecretBox"/>.</summary>
/// <param name="Name">Tells keys apart; no secret.</param>
internal sealed record SecretBoxKey(ImmutableArray<byte> Name, byte[] Key)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => Convert.ToHexStringLower(Name.AsSpan());
}
