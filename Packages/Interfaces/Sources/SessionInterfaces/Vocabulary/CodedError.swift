/// The shape of every error in this toolkit: a code for programs, a sentence for people, and what lay beneath.
///
/// Two errors are equal when their codes are: the sentence is for reading, not for matching.
public protocol CodedError: Error, Hashable, Sendable, CustomStringConvertible {
    associatedtype Code: RawRepresentable<String>, Hashable, Sendable

    /// What happened, stable across versions, in snake case.
    var code: Code { get }
    /// One sentence without a final stop that names the field at fault. Never contains a secret.
    var message: String { get }
    /// The error that caused this one.
    var underlying: (any Error)? { get }
}

extension CodedError {
    public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

    public func hash(into hasher: inout Hasher) { hasher.combine(code) }

    public var description: String {
        guard let underlying else { return message }
        return "\(message): \(underlying)"
    }
}
