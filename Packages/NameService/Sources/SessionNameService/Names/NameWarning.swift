/// What a person should know before trusting a name that is not plain ASCII: other letters can look like Latin ones.
public enum NameWarning: Hashable, Sendable {
    /// The name is written in ASCII as `ascii` and reads `unicode`. Only the former is registered.
    case internationalised(ascii: String, unicode: String)
    /// The name begins with "xn--", but is the form of no internationalised name.
    case brokenPunycode
    /// The name mixes letters of these scripts.
    case mixedScripts([String])
    /// To the eye, the name is `ascii`, which is another name.
    case looksLike(String)

    /// Everything that is to be said about `typed`; nothing about names in plain ASCII.
    public static func all(for typed: String) -> [NameWarning] {
        guard let ascii = try? NameNormalisation.apply(typed), ascii.contains("xn--") else { return [] }
        guard let unicode = IDNA.unicodeForm(of: ascii), unicode != ascii, IDNA.asciiForm(of: unicode) == ascii else {
            return [.brokenPunycode]
        }
        var warnings: [NameWarning] = [.internationalised(ascii: ascii, unicode: unicode)]
        let scripts = Script.all(in: unicode)
        if Script.isSuspicious(scripts) { warnings.append(.mixedScripts(scripts.map(\.rawValue).sorted())) }
        if let double = Confusables.asciiDouble(of: unicode) { warnings.append(.looksLike(double)) }
        return warnings
    }
}

extension NameWarning: CustomStringConvertible {
    public var description: String {
        switch self {
        case .internationalised(let ascii, let unicode): "the name \(unicode) is registered as \(ascii)"
        case .brokenPunycode: "the name begins with xn-- and stands for no internationalised name"
        case .mixedScripts(let scripts): "the name mixes letters of \(scripts.joined(separator: ", "))"
        case .looksLike(let double): "the name looks like \(double), which is another name"
        }
    }
}
