using System.Collections.Frozen;
using Kinopress.Core.Events;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>Takes the pictures of an emote out of the store once nothing leads to them. Idempotent: nothing is what was asked for.</summary>
public sealed class DeletePicturesWhenChatEmoteDeleted(EmotePictures pictures) : EventReaction
{
    public override IReadOnlySet<string> Kinds { get; } = new[] { ChatEmoteDeleted.Name }.ToFrozenSet();

    public override Task HandleAsync(OutboxEvent happened, CancellationToken cancellationToken) =>
        pictures.DeleteAsync(new Id<ChatEmote>(happened.Read<ChatEmoteDeleted>().EmoteId), cancellationToken);
}
