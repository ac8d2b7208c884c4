using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Destinations;

/// <summary>Refusals about destinations.</summary>
public static class DestinationFailures
{
    public static Failure NotFound { get; } = new(
        FailureKind.NotFound, "destination.not_found", "This destination does not exist, or is not yours.");

    public static Failure EditedElsewhere { get; } = new(
        FailureKind.Conflict, "destination.edited_elsewhere", "Somebody changed this destination meanwhile. Make your change again.");

    public static Failure TooMany { get; } = new(
        FailureKind.Conflict, "destination.too_many", $"A channel has at most {DestinationDetails.MaxCount} destinations. Delete one first.");

    public static Failure Invalid(IReadOnlyDictionary<string, string> fields) => new(
        FailureKind.Invalid, "destination.invalid", "Some fields need another look.") { Fields = fields };
}
