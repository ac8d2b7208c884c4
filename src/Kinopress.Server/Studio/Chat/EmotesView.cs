using Kinopress.Core.Features.Chat;

namespace Kinopress.Server.Studio.Chat;

/// <summary>The site's own emotes, for those who moderate it.</summary>
/// <param name="LivePublicId">The live from whose chat somebody came, to lead him back; null for none.</param>
/// <param name="Name">What was typed and refused; null otherwise.</param>
/// <param name="Errors">By field; empty when nothing is wrong.</param>
public sealed record EmotesView(StudioFrame Frame, string? LivePublicId, string? Name, IReadOnlyDictionary<string, string> Errors, IReadOnlyList<EmoteRow> Emotes)
{
    public bool IsFull => Emotes.Count >= ChatEmote.MaxCount;
}

/// <summary>One emote in the list.</summary>
/// <param name="Source">Its picture at 56 pixels.</param>
/// <param name="LargeSource">The same at twice that.</param>
public sealed record EmoteRow(Guid Id, string Name, string Source, string LargeSource, bool IsAnimated);
