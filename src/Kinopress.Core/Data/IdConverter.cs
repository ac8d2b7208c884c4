using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Kinopress.Core.Data;

/// <summary>Stores an <see cref="Id{T}"/> as the UUID it is.</summary>
public sealed class IdConverter<T>() : ValueConverter<Id<T>, Guid>(id => id.Value, value => new Id<T>(value));
