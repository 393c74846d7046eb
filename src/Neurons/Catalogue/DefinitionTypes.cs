using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Nudge.Catalogue;

/// <summary>
/// Finds the types of an assembly that are definitions in its metadata. A type that is loaded to be looked at brings the types around it and their
/// assemblies with it, and all types of a program bring all of its libraries into each process.
/// </summary>
internal sealed class DefinitionTypes
{
    private const string Ours = "Nudge";
    private const TypeAttributes NotConstructed = TypeAttributes.Abstract | TypeAttributes.Interface;
    private readonly Module _module;
    private readonly MetadataReader _reader;
    private readonly Dictionary<EntityHandle, bool> _known = [];

    private unsafe DefinitionTypes(Module module, byte* metadata, int length) => (_module, _reader) = (module, new(metadata, length));

    /// <summary>The definitions of an assembly that can be constructed.</summary>
    internal static IEnumerable<Type> Of(Assembly assembly)
    {
        // Plug-ins may derive theirs from types of libraries that are not known here, and have few types.
        bool isOurs = assembly.GetName().Name?.StartsWith(Ours, StringComparison.OrdinalIgnoreCase) == true;
        return (isOurs ? Likely(assembly) : assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, ContainsGenericParameters: false } && typeof(IDefinition).IsAssignableFrom(type));
    }

    /// <summary>The types of an assembly that are definitions as far as its metadata tell.</summary>
    internal static unsafe Type[] Likely(Assembly assembly) => assembly.TryGetRawMetadata(out byte* metadata, out int length)
        ? new DefinitionTypes(assembly.ManifestModule, metadata, length).Find()
        // Made in memory.
        : assembly.GetTypes();

    private Type[] Find() =>
    [
        .. _reader.TypeDefinitions
            .Where(type => (_reader.GetTypeDefinition(type).Attributes & NotConstructed) == 0 && IsDefinition(type))
            .Select(type => _module.ResolveType(MetadataTokens.GetToken(type))),
    ];

    private bool IsDefinition(EntityHandle type)
    {
        if (!_known.TryGetValue(type, out bool known))
            _known[type] = known = LookUp(type);
        return known;
    }

    private bool LookUp(EntityHandle type)
    {
        switch (type.Kind)
        {
            case HandleKind.TypeDefinition:
                TypeDefinition definition = _reader.GetTypeDefinition((TypeDefinitionHandle)type);
                return (IsOurs(definition.Namespace) && _reader.GetString(definition.Name) == nameof(IDefinition))
                    || (!definition.BaseType.IsNil && IsDefinition(definition.BaseType))
                    || definition.GetInterfaceImplementations().Any(one => IsDefinition(_reader.GetInterfaceImplementation(one).Interface));
            case HandleKind.TypeReference:
                // Of the libraries of others none knows what a definition is.
                return IsOurs(NamespaceOf((TypeReferenceHandle)type))
                    && typeof(IDefinition).IsAssignableFrom(_module.ResolveType(MetadataTokens.GetToken(type)));
            default:
                return GenericTypeOf((TypeSpecificationHandle)type) is { IsNil: false } generic && IsDefinition(generic);
        }
    }

    // The namespace of a nested type is that of the one around it.
    private StringHandle NamespaceOf(TypeReferenceHandle type)
    {
        TypeReference reference = _reader.GetTypeReference(type);
        return reference.ResolutionScope.Kind == HandleKind.TypeReference
            ? NamespaceOf((TypeReferenceHandle)reference.ResolutionScope)
            : reference.Namespace;
    }

    private bool IsOurs(StringHandle space)
    {
        string name = _reader.GetString(space);
        return name == Ours || name.StartsWith(Ours + ".", StringComparison.Ordinal);
    }

    /// <summary>The type whose parameters a specification fills (ECMA-335, II.23.2.14); nil where it is none of a generic type.</summary>
    private EntityHandle GenericTypeOf(TypeSpecificationHandle type)
    {
        BlobReader signature = _reader.GetBlobReader(_reader.GetTypeSpecification(type).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return default;
        signature.ReadCompressedInteger();
        return signature.ReadTypeHandle();
    }
}
