using System.Globalization;
using Kinopress.Core.Features.Videos;

namespace Kinopress.Server.Studio.Videos;

/// <summary>Reads the details of a video as its form sends them.</summary>
internal static class VideoFormFields
{
    /// <summary>Null when a button outside that form was pressed, as in the list: then there are no details.</summary>
    public static VideoEdit? EditOf(IFormCollection form) => form.ContainsKey("title")
        ? new VideoEdit
        {
            Title = form["title"].ToString(),
            Description = form["description"].ToString(),
            Tags = form["tags"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Category = form["category"].ToString(),
            Language = form["language"].ToString(),
            Licence = form["licence"].ToString(),
            Visibility = form["visibility"] is [{ } visibility, ..] ? visibility : null,
        }
        : null;

    /// <summary>The revision the form was made from; null when it does not say.</summary>
    public static int? RevisionOf(IFormCollection form) =>
        int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
}
