using System.Buffers;
using System.Security.Cryptography;
using SimpleBase;

namespace Kinopress.Core.Foundation;

/// <summary>The 11-character base58 name of a video in public URLs: 64 random bits, never changed, never used twice.</summary>
public static class PublicId
{
    public const int Length = 11;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

    public static string New()
    {
        Span<byte> random = stackalloc byte[8];
        while (true)
        {
            RandomNumberGenerator.Fill(random);
            var text = Base58.Bitcoin.Encode(random);
            if (text.Length == Length)
            {
                return text;
            }
        }
    }

    public static bool IsWellFormed(string? text) =>
        text is { Length: Length } && text.AsSpan().IndexOfAnyExcept(Alphabet) < 0;
}
