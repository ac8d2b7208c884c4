using System.Collections.Concurrent;
using System.Reflection;
using Mono.Cecil;
using MethodBody = Mono.Cecil.Cil.MethodBody;

namespace Kinopress.Architecture.Tests.Support;

/// <summary>A type that mentions another, in a signature or inside a method. Nested types count as their outermost one.</summary>
/// <param name="From">Full name.</param>
/// <param name="To">Full name, without generic arguments.</param>
internal sealed record TypeUse(string From, string To);

/// <summary>A method a type calls.</summary>
/// <param name="From">Full name of the calling type.</param>
/// <param name="Type">Full name of the type that declares the method.</param>
/// <param name="Method">Its name.</param>
internal sealed record MethodCall(string From, string Type, string Method);

/// <summary>
/// What an assembly really uses, read from its compiled code: bodies of lambdas and async methods count, using directives
/// do not. Constants and enum members are written into the code by the compiler, so they leave no trace.
/// </summary>
internal sealed class TypeUses
{
    private static readonly ConcurrentDictionary<Assembly, TypeUses> Read = new();

    private readonly HashSet<TypeUse> _uses = [];
    private readonly HashSet<MethodCall> _calls = [];

    private TypeUses(Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        foreach (var type in module.GetTypes())
        {
            Visit(type);
        }
    }

    public IReadOnlySet<TypeUse> Uses => _uses;

    public IReadOnlySet<MethodCall> Calls => _calls;

    public static TypeUses Of(Assembly assembly) => Read.GetOrAdd(assembly, static given => new TypeUses(given));

    private void Visit(TypeDefinition type)
    {
        var from = NameOf(type);
        Add(from, type.BaseType);
        AddAll(from, type.Interfaces.Select(implemented => implemented.InterfaceType));
        AddAll(from, type.Fields.Select(field => field.FieldType));
        AddAll(from, type.Properties.Select(property => property.PropertyType));
        AddAll(from, type.CustomAttributes.Select(attribute => attribute.AttributeType));
        AddAll(from, type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType));
        foreach (var method in type.Methods)
        {
            AddSignature(from, method);
            if (method.HasBody)
            {
                Visit(from, method.Body);
            }
        }
    }

    private void Visit(string from, MethodBody body)
    {
        AddAll(from, body.Variables.Select(variable => variable.VariableType));
        AddAll(from, body.ExceptionHandlers.Select(handler => handler.CatchType));
        foreach (var instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case MethodReference method:
                    Add(from, method.DeclaringType);
                    AddSignature(from, method);
                    AddAll(from, method is GenericInstanceMethod generic ? generic.GenericArguments : []);
                    _calls.Add(new MethodCall(from, NameOf(method.DeclaringType), method.Name));
                    break;
                case FieldReference field:
                    Add(from, field.DeclaringType);
                    Add(from, field.FieldType);
                    break;
                case TypeReference type:
                    Add(from, type);
                    break;
            }
        }
    }

    private void AddSignature(string from, MethodReference method)
    {
        Add(from, method.ReturnType);
        AddAll(from, method.Parameters.Select(parameter => parameter.ParameterType));
    }

    private void AddAll(string from, IEnumerable<TypeReference?> types)
    {
        foreach (var type in types)
        {
            Add(from, type);
        }
    }

    private void Add(string from, TypeReference? type)
    {
        if (type is null or GenericParameter)
        {
            return;
        }

        if (type is GenericInstanceType generic)
        {
            AddAll(from, generic.GenericArguments);
        }

        if (NameOf(type) is var to && to != from)
        {
            _uses.Add(new TypeUse(from, to));
        }
    }

    private static string NameOf(TypeReference type)
    {
        var element = type.GetElementType();
        return element.DeclaringType is { } outer ? NameOf(outer) : element.FullName;
    }
}
