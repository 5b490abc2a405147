public import SessionInterfaces

/// What the answers of several nodes amount to. A value without I/O.
///
/// Nodes must agree; there is no vote. Equal records are decrypted once, different ones each: a record that was
/// encrypted anew in between still holds the same value. Follows protocol document 05, section 1.8.
public enum NameAgreement: Hashable, Sendable {
    case value(NameValue)
    case failure(NameError)
    /// All answers are this record of the legacy form, which is left to the caller: opening it is expensive.
    case legacy(NameRecord)
    /// The answers at these positions cannot be read, although others can: they count as no answers.
    case unreadable([Int])

    /// - Parameter network: whose addresses a wallet's name stands for.
    public init(_ answers: [NameAnswer], on name: LedgerName, network: OxenNetwork = .mainnet) {
        guard let first = answers.first else {
            self = .failure(NameError(.unavailable, "nobody answers about the name"))
            return
        }
        if answers.allSatisfy({ $0 == first }) {
            self = Self.common(first, name, network)
        } else {
            self = Self.different(answers, name, network)
        }
    }

    private static func common(_ answer: NameAnswer, _ name: LedgerName, _ network: OxenNetwork) -> NameAgreement {
        switch answer {
        case .notRegistered: return .failure(NameError(.notFound, "the name is not registered"))
        case .record(let record) where record.isLegacy: return .legacy(record)
        case .record(let record):
            do {
                return .value(try record.open(for: name, network: network))
            } catch {
                return .failure(error)
            }
        }
    }

    private static func different(
        _ answers: [NameAnswer], _ name: LedgerName, _ network: OxenNetwork
    ) -> NameAgreement {
        let disagreement = NameError(.disagreement, "the answers about the name differ")
        var values: Set<NameValue?> = []
        var unreadable: [Int] = []
        for (position, answer) in answers.enumerated() {
            switch answer {
            case .notRegistered: values.insert(nil)
            // The legacy form always encrypts alike, so honest nodes would not differ, and opening it is expensive.
            case .record(let record) where record.isLegacy: return .failure(disagreement)
            case .record(let record):
                if let value = try? record.open(for: name, network: network) {
                    values.insert(value)
                } else {
                    unreadable.append(position)
                }
            }
        }
        guard unreadable.isEmpty else { return .unreadable(unreadable) }
        guard values.count == 1, case .some(.some(let value)) = values.first else {
            return .failure(disagreement)
        }
        return .value(value)
    }
}
