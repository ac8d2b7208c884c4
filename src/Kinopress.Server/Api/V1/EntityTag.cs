using System.Globalization;

namespace Kinopress.Server.Api.V1;

/// <summary>Revisions as entity tags (RFC 9110 §8.8.3).</summary>
internal static class EntityTag
{
    public static string Of(int revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    /// <summary>Null for none and for <c>*</c>; -1, which matches nothing, for a tag that is not ours.</summary>
    public static int? RevisionOf(string? ifMatch) => ifMatch switch
    {
        null or "" or "*" => null,
        _ => int.TryParse(ifMatch.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : -1,
    };
}
