using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kinopress.Core.Foundation;

/// <summary>
/// A 256-bit random secret that is shown once and kept only as its SHA-256. A fast hash is right here:
/// unlike a password, 256 random bits cannot be guessed.
/// </summary>
public static class SecretToken
{
    private const int Bytes = 32;

    /// <summary>Base64url without padding, after <paramref name="prefix"/>, which lets people and scanners recognise it.</summary>
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Compares in constant time.</summary>
    public static bool Matches(string token, byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash(token), hash);
}
