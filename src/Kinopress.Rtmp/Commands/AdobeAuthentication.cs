using System.Security.Cryptography;
using System.Text;

namespace Kinopress.Rtmp.Commands;

/// <summary>
/// Logging in by <c>authmod=adobe</c>: a first refusal names the method, a second gives salt and challenge, a third connection brings the
/// answer in the application's query. There is no published standard; servers of Akamai, Wowza and Adobe agree on this.
/// </summary>
internal static class AdobeAuthentication
{
    private const string Method = "authmod=adobe";

    /// <param name="description">The server's words in its refusal of connect.</param>
    /// <param name="challenge">Ours, to be answered with; random text.</param>
    /// <returns>The target of the next attempt; null when logging in is not asked for, not possible or has failed.</returns>
    public static RtmpTarget? Next(RtmpTarget target, string description, string challenge)
    {
        if (target.Account is not { } account || !description.Contains(Method, StringComparison.Ordinal))
        {
            return null;
        }

        var user = Uri.EscapeDataString(account.Name);
        if (target.Authentication.Length == 0)
        {
            return target with { Authentication = $"?{Method}&user={user}" };
        }

        if (target.Authentication.Contains("&response=", StringComparison.Ordinal) || Value(description, "reason") != "needauth")
        {
            return null;
        }

        var opaque = Value(description, "opaque");
        var hash = Hash(account.Name + Value(description, "salt") + account.Password);
        var response = Hash(hash + (opaque ?? Value(description, "challenge")) + challenge);
        var suffix = opaque is null ? "" : $"&opaque={opaque}";
        return target with { Authentication = $"?{Method}&user={user}&challenge={challenge}&response={response}{suffix}" };
    }

    private static string? Value(string description, string name) => description
        .Split('?', '&', ' ')
        .Where(part => part.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(part => part[(name.Length + 1)..])
        .FirstOrDefault(value => value.Length > 0);

#pragma warning disable CA5351 // The method is built on MD5; it protects little, and RTMPS is there for the rest.
    private static string Hash(string text) => Convert.ToBase64String(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
