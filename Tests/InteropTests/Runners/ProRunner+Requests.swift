import SessionCrypto
import SessionInterfaces

/// What is asked of the backend of Session Pro.
extension ProRunner {
    /// - Parameter revision: the parts of one revision, of which those that are no request are named in `others`.
    static func requests(
        _ revision: Vector, _ form: ProProof.Form, master: Ed25519KeyPair, rotating: Ed25519KeyPair,
        except others: Set<String>, _ tally: Tally
    ) {
        for name in revision.keys.subtracting(others).sorted() {
            tally.check(revision[name]) { row in
                let request = try request(named: name, row)
                guard let signed = request.signedBytes(form, master: master.publicKey, rotating: rotating.publicKey)
                else { throw row.notUnderstood("a request of this revision") }
                try expect(signed, equals: form == .hashed ? row.hash : row.message_hex)
                try expect(master.sign(signed), equals: row.master_sig)
                if row.rotating_sig.isPresent { try expect(rotating.sign(signed), equals: row.rotating_sig) }
            }
        }
    }

    private static func request(named name: String, _ row: Vector) throws -> ProRequest {
        switch name {
        case "generate_pro_proof":
            return .proof(at: try time(row))
        case "get_pro_details":
            guard let count = UInt32(exactly: try row.count.integer) else { throw row.count.notUnderstood("a count") }
            return .details(at: try time(row), count: count)
        case "add_pro_payment_google":
            return .googlePayment(token: try row.google_payment_token.text, order: try row.google_order_id.text)
        case "add_pro_payment_apple":
            return .applePayment(transaction: try row.apple_tx_id.text)
        case "set_payment_refund_requested_apple":
            return .appleRefund(
                at: try time(row),
                requestedAt: Timestamp(milliseconds: try row.refund_requested_unix_ts_ms.integer),
                transaction: try row.apple_tx_id.text)
        default:
            throw row.notUnderstood("a request of the backend")
        }
    }

    private static func time(_ row: Vector) throws -> Timestamp {
        Timestamp(milliseconds: row.ts.isPresent ? try row.ts.integer * 1000 : try row.unix_ts_ms.integer)
    }
}
