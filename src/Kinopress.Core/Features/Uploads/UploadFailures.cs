using System.Globalization;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Uploads;

/// <summary>Refusals about uploads.</summary>
public static class UploadFailures
{
    public static Failure NotFound { get; } = new(
        FailureKind.NotFound, "upload.not_found", "This upload does not exist any more. Start it again.");

    public static Failure LengthMissing { get; } = new(
        FailureKind.Invalid, "upload.length_missing", "Say how large the file is before sending it.");

    public static Failure Empty { get; } = new(
        FailureKind.Invalid, "upload.empty", "This file is empty. Choose one with a video in it.");

    public static Failure VisibilityUnknown { get; } = new(
        FailureKind.Invalid, "upload.visibility_unknown", "Choose public, unlisted, private or internal.");

    public static Failure WrongOffset { get; } = new(
        FailureKind.Conflict, "upload.wrong_offset", "The upload stands at another place than the one given. Ask where it stands and go on from there.");

    public static Failure InUse { get; } = new(
        FailureKind.Conflict, "upload.in_use", "Another connection is sending this upload.");

    public static Failure DiskFull { get; } = new(
        FailureKind.InsufficientStorage, "upload.disk_full", "This site has no room left for the file. What has arrived is kept; go on once there is room.");

    public static Failure NoChannel { get; } = new(
        FailureKind.Forbidden, "upload.no_channel", "You need a channel to upload to. Ask the people who run this site for one.");

    public static Failure TooMany { get; } = new(
        FailureKind.TooMany, "upload.too_many", "You have many unfinished uploads. Finish or cancel some first.");

    public static Failure TooLarge(long maxLength) => new(
        FailureKind.TooLarge, "upload.too_large", $"This site takes files of up to {SizeOf(maxLength)}.");

    private static string SizeOf(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000_000.0:0.#} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
    };

    public static Failure NoRoom(long missing) => new(
        FailureKind.InsufficientStorage,
        "upload.no_room",
        string.Create(CultureInfo.InvariantCulture, $"This site lacks {Math.Max(missing, 1_000_000) / 1_000_000:N0} MB of free space for the file. Make room, or choose a smaller one."));
}
