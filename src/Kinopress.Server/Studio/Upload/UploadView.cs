namespace Kinopress.Server.Studio.Upload;

/// <summary>The page that takes files.</summary>
/// <param name="AntiforgeryHeader">Name of the request header that carries the antiforgery token for the API.</param>
/// <param name="MaximumSize">The largest file, in words such as “20 GB”; null when only the disk is the limit.</param>
/// <param name="Error">What was wrong with a file sent without scripts; null when nothing was.</param>
public sealed record UploadView(StudioFrame Frame, string AntiforgeryHeader, string? MaximumSize, string? Error);
