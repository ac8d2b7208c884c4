using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;

namespace Kinopress.Server.Studio.Videos;

/// <summary>The form of a video's chapters.</summary>
internal static class VideoChaptersEndpoints
{
    public static void MapVideoChapters(this RouteGroupBuilder studio) => studio.MapPost("/videos/{publicId}/chapters", SaveAsync);

    private static async Task<IResult> SaveAsync(
        string publicId, IFormCollection form, Caller caller, EditChapters editChapters, VideoQueries videos, VideoViews views, CancellationToken cancellationToken)
    {
        var typed = form["chapters"].ToString();
        var lines = ChapterLines.Read(typed);
        var failure = VideoFailures.ChapterTimeInvalid;
        if (lines.Mistakes.Count == 0 && !(await editChapters.RunAsync(publicId, lines.Chapters, VideoFormFields.RevisionOf(form), caller, cancellationToken)).Failed(out failure))
        {
            return StudioPages.Back(returnTo: null, $"/studio/videos/{publicId}", "saved", publicId: null);
        }

        if ((await videos.GetManagedAsync(publicId, caller, cancellationToken)).Failed(out _, out var video))
        {
            return TypedResults.NotFound();
        }

        var mistakes = lines.Mistakes.Count > 0 ? lines.Mistakes : lines.MistakesOf(failure);
        var refused = new RefusedForm { Chapters = new RefusedChapters(typed, mistakes) };
        return StudioPages.Show<VideoPage>(await views.PageAsync(video, refused, caller, cancellationToken), Failures.StatusOf(failure));
    }
}
